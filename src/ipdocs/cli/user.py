"""What belongs to the user and not to a workspace: who it is, what day it is, and where what can be made anew is kept."""

from __future__ import annotations

import getpass
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
