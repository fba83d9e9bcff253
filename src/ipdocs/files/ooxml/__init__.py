"""Open, check, clean and write files in the Office Open XML format."""
