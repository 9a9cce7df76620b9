"""Floor 6: the officials' face. Pages are made on the server; they read through selectors and act through the one door."""
