"""A source and a language become a localised document."""
