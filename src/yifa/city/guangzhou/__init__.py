"""Guangzhou 广州: data only (the YAML files of this folder)."""
