"""Build files from sources, and check, fix and verify."""
