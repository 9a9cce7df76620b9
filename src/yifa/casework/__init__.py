"""Floor 4: cases kept in PostgreSQL. One door: `services.perform`; reading through `selectors`."""
