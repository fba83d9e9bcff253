"""Reader of web pages."""

from ipdocs.importing.readers.web.reader import read

__all__ = ["read"]
