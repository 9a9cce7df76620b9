"""Floor 2: what a business line may declare. A line is written with the names of this package."""
