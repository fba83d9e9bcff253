"""Build files from sources, check and fix sources, and verify finished files."""
