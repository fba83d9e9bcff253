"""The checks of sources: one rule a file, listed in `rule_table.CHECKS`."""
