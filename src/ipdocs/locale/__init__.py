"""Languages and house styles, read from locales/."""
