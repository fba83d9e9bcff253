"""What belongs to the user and not to a workspace: who and what day it is, what is typed, where indexes are kept."""

from __future__ import annotations

import getpass
import sys
from datetime import date
from pathlib import Path


def cache_folder() -> Path:
    """Return the folder for indexes, where this computer keeps what can be made anew."""
    from platformdirs import user_cache_path

    return user_cache_path("ipdocs", appauthor=False)


def user_name(given: str) -> str:
    """Return the name a person gave, or else the one this computer knows them by."""
    return given or getpass.getuser()


def today() -> str:
    """Return today's date, as 2018-08-22."""
    return date.today().isoformat()


def standard_input() -> str:
    """Return the text on standard input; what is no UTF-8 is a finding."""
    from ipdocs.findings import Finding, IpdocsError

    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise IpdocsError([Finding("not-utf8", f"this is no text in UTF-8: {error.reason}", None, "save it as UTF-8")]) from error
