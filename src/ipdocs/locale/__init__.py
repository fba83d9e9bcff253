"""Data from locales/: languages, house styles, phrases, the glossary, and conversion between the Chinese scripts."""
