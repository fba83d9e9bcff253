"""Word files, web pages and text in, pieces out: what a document says, before anybody knows what it is."""
