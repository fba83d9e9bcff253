"""Untrusted pictures: decoded whole, made the same for every format, and stripped of metadata."""
