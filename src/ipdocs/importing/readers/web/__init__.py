"""Reader of web pages."""

from ipdocs.importing.readers.web.inline import link_codes
from ipdocs.importing.readers.web.reader import read

__all__ = ["link_codes", "read"]
