"""Numbers, dates, money and the like: recognised in text and rendered, in each language and house style."""
