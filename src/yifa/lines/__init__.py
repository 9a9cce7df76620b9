"""Floor 3: the business lines, one folder each, written in the language."""
