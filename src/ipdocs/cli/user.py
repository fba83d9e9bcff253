"""What belongs to the user and not to a workspace: who and what day it is, what is typed, where indexes and logs are kept."""

from __future__ import annotations

import getpass
import sys
from datetime import date
from pathlib import Path

from ipdocs.findings import Finding, IpdocsError


def cache_folder() -> Path:
    """Return the folder for indexes, where this computer keeps what can be made anew; a temporary one for the homeless."""
    from platformdirs import user_cache_path

    from ipdocs.files.temporary import make_temporary_folder

    try:
        path = user_cache_path("ipdocs", appauthor=False)
    except RuntimeError:  # as pathlib says that there is no home
        return make_temporary_folder()
    return path if path.is_absolute() else make_temporary_folder()


def log_file(name: str) -> Path:
    """Return the file of a log, where this computer keeps what programs have done; a user without a home is a finding."""
    from platformdirs import user_log_path

    try:
        path = user_log_path("ipdocs", appauthor=False)
    except RuntimeError as error:  # as pathlib says that there is no home
        hint = "set the variable HOME or XDG_STATE_HOME to a folder"
        raise IpdocsError([Finding("cannot-write", f"there is no place for the log {name}", None, hint)]) from error
    return (path / name).absolute()


def user_name(given: str) -> str:
    """Return the name a person gave, or else the one this computer knows them by; where it knows none is a finding."""
    try:
        return typed(given or getpass.getuser(), "the name of who does this")
    except (KeyError, OSError, ImportError) as error:
        message = "this computer knows no name of yours, and the name is kept with what you do"
        raise IpdocsError([Finding("unknown-user", message, None, "say who you are: --by NAME")]) from error


def typed(text: str, what: str) -> str:
    """Return what a person typed; a character that no file may hold is a finding.

    Args:
        text: what was typed.
        what: what it is, as messages begin with it.
    """
    from ipdocs.source.characters import character_name, refused_characters

    for offset, code, _, hint in refused_characters(text):
        raise IpdocsError([Finding(code, f"{what} has the character {character_name(text[offset])}", None, hint)])
    return text


def today() -> str:
    """Return today's date, as 2018-08-22."""
    return date.today().isoformat()


def standard_input() -> str:
    """Return the text on standard input; what is no UTF-8 is a finding."""
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise IpdocsError([Finding("not-utf8", f"this is no text in UTF-8: {error.reason}", None, "save it as UTF-8")]) from error
