"""Figures: the lines' indicators computed from the records, as of a cut-off, on PostgreSQL or on a snapshot."""
