"""The report checker: finds every figure in a Chinese text and holds it against the records."""
