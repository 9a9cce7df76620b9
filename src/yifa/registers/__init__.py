"""Floor 4: registers 名录 with their whole history. One door in: `services.perform`; reading through `selectors`."""
