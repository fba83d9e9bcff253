"""Office Open XML: packages, names of elements, text and bookmarks."""
