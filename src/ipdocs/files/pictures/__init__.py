"""Clean untrusted pictures: decode them fully, convert them to what every output format can show, and remove metadata."""
