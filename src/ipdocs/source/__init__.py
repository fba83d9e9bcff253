"""Sources: YAML is parsed into documents whose values have places, and edits are written back to those places."""
