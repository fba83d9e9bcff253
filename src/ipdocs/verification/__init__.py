"""Verification of finished files: they are read without any code of the writers, and compared with their HTML."""
