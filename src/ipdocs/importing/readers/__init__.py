"""Readers of Word files, web pages and text: paragraphs with what is known of them."""
