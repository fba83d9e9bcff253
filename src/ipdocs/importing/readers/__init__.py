"""Readers of Word files, web pages and plain text."""
