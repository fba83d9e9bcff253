"""Reader of Word files."""

from ipdocs.importing.readers.word.reader import read

__all__ = ["read"]
