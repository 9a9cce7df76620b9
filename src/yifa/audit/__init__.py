"""Audit of citations: every rule names its source, and the source says what the rule claims."""
