"""Checks: what a careful reader would find in a source. One rule a file; `table.CHECKS` is all of them."""
