"""Floor 5: figures from records, the annual report, and the check of a draft's figures."""
