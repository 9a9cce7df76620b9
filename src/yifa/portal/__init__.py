"""Floor 6, the citizens' face: pages that need no log-in."""
