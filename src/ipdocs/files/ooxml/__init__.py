"""Office Open XML: opening, checking, cleaning and writing of packages, and the names in them."""
