"""Benchmarks: each prints rates beside a peer or a physical limit measured in the same run."""
