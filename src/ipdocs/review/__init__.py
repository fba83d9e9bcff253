"""Review of documents: the review page, the import of edited Word files, and redlines."""
