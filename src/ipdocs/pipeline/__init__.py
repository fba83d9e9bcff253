"""The one path from sources to files, and what is done along it: check, fix, verify."""
