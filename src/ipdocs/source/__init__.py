"""Sources: YAML in, documents out, every value with its place; and edits written back where they belong."""
