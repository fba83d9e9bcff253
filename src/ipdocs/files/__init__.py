"""Reading and writing of files of all formats, cleaning of untrusted files, and placing of results."""
