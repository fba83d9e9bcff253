"""Remove everything that is not visible from untrusted PDFs, and copy their structure into other PDFs."""
