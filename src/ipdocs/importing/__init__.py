"""Import of releases from Word files, web pages or text files as new sources."""
