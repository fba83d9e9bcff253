"""Spelling: reads Hunspell dictionaries, looks words up in them, and suggests similar words."""
