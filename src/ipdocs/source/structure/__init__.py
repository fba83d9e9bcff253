"""Changes of structure: blocks, list items, tables, footnotes and pictures are put in, moved, joined, split and removed.

Each function returns the changes of one step as data; `source.update.apply_changes` makes and checks them.
"""
