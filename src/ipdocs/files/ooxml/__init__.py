"""Office Open XML: packages, their safety and cleaning, names of elements, text and bookmarks."""
