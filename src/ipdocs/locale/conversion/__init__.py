"""Conversion between Traditional and Simplified Chinese."""
