"""Every byte in or out: reading, XML, ZIP and Office packages, PDFs, pictures, LibreOffice, and putting files in place."""
