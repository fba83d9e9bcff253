"""Verification: finished files are read without any code of the writers and compared with the HTML they were made from."""
