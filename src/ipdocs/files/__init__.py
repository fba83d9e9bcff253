"""Read and write files of all formats, clean untrusted files, and put finished files in place."""
