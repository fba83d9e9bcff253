"""Finished files read again, and held against their source: `files.verify`."""
