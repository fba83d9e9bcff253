"""Checks of sources: the rules, each in its own file, and the table `rule_table.CHECKS`, which lists them."""
