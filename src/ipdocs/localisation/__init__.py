"""Localisation: make a document in one language from a source."""
