"""Floor 4, below casework: the embedded database, encryption, settings, logs, checks."""
