"""The annual report: our own sentences whose every number is an indicator, in HTML, DOCX and PDF."""
