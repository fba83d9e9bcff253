"""Built Word files that come back from review edited."""
