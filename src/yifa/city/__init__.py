"""Floor 3: a city as data. `load.city("guangzhou")` gives its organs, windows, numbering, parameters and review routes."""
