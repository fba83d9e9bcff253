"""Content model: documents, blocks and facts in all their languages."""
