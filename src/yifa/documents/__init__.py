"""Official documents 文书: data in, PDF out. Knows no database and no framework."""
