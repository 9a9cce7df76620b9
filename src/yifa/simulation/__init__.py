"""A synthetic city-year: seeded matters that go through the real door, and a tally of what was caused."""
