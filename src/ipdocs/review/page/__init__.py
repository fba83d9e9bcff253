"""The review page, which shows a document in all languages side by side, with findings, to the people who approve it."""
