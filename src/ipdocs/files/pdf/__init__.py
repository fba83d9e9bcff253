"""PDFs from elsewhere: cleaned, and their structure kept."""
