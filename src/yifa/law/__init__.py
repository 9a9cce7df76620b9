"""Statutes, citations, the working-day calendar and periods; the data loader of the pure floors."""
