"""Languages, house styles, phrases, the glossary and conversion between Chinese scripts, read from locales/."""
