"""The content model: documents, blocks and facts in all languages."""
