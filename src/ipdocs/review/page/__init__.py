"""The review page: what those who approve a document read, side by side, with what the tools know of it."""
