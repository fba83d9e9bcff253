"""Texts out to translators and back: formats, memory, suggestions, terms, and confirmation."""
