"""Review: the review page, edited Word files on their way back, and redlines."""
