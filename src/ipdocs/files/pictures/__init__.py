"""Cleaning of untrusted pictures: full decoding, conversion to what every output format can show, removal of metadata."""
