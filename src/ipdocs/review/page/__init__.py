"""The review page: all languages side by side, with findings, for those who approve a document."""
