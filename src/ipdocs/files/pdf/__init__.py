"""Untrusted PDFs: removal of everything that is not visible, and transfer of their structure into other PDFs."""
