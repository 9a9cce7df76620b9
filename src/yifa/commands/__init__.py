"""Floor 7: one module for each command of `yifa`."""
