"""The review page, which shows all languages side by side, with findings, to the people who approve a document."""
