"""Checks of sources: one rule in each file, listed in `rule_table.CHECKS`."""
