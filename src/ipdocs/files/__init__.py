"""All reading and writing of files: XML, Office packages, PDFs, pictures, spreadsheets, LibreOffice, placing results."""
