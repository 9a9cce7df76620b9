"""Floor 4, below casework: organs, users, roles with dates, who may do and see what, and who looked."""
