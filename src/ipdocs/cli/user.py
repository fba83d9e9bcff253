"""The user's name, today's date, standard input, and the folders for indexes and logs."""

from __future__ import annotations

import getpass
import os
import sys
from datetime import date
from pathlib import Path

from ipdocs.findings import Finding, IpdocsError

_DICTIONARY_FOLDERS = (
    "/usr/share/hunspell",
    "/usr/local/share/hunspell",
    "/usr/share/myspell",
    "/usr/share/myspell/dicts",
    "/opt/homebrew/share/hunspell",
    "/Library/Spelling",
)
_DICTIONARIES_OF_LIBREOFFICE = (
    "share/extensions/dict-*",
    "Resources/extensions/dict-*",
    "[Ll]ibre[Oo]ffice*/share/extensions/dict-*",
)
"""Patterns of the folders with the dictionaries of LibreOffice, below the folders in which it is installed."""


def cache_folder() -> Path:
    """Return the folder for indexes: the user's cache folder, or a temporary folder for a user without a home."""
    from platformdirs import user_cache_path

    from ipdocs.files.temporary import make_temporary_folder

    try:
        path = user_cache_path("ipdocs", appauthor=False)
    except RuntimeError:  # pathlib raises it for a user without a home
        return make_temporary_folder()
    return path if path.is_absolute() else make_temporary_folder()


def state_folder() -> Path:
    """Return the folder for what outlives a run: journals, keys and settings.

    Raises:
        IpdocsError: the user has no home folder.
    """
    from platformdirs import user_state_path

    try:
        return user_state_path("ipdocs", appauthor=False).absolute()
    except RuntimeError as error:  # pathlib raises it for a user without a home
        hint = "set the environment variable HOME or XDG_STATE_HOME to a folder"
        raise IpdocsError([Finding("cannot-write", "there is no folder for the state of the desk", None, hint)]) from error


def dictionary_folders() -> tuple[Path, ...]:
    """Return the folders in which programs on this computer keep Hunspell dictionaries; those of DICPATH come first."""
    named = [Path(folder) for folder in os.environ.get("DICPATH", "").split(os.pathsep) if folder]
    parents = [*map(Path, ("/usr/lib/libreoffice", "/usr/lib64/libreoffice", "/opt", "/Applications/LibreOffice.app/Contents"))]
    parents += [Path(folder) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)") if (folder := os.environ.get(name))]
    of_libreoffice = [
        path for parent in parents for pattern in _DICTIONARIES_OF_LIBREOFFICE for path in sorted(parent.glob(pattern))
    ]
    return (*named, *map(Path, _DICTIONARY_FOLDERS), *of_libreoffice)


def log_file(name: str) -> Path:
    """Return the path of a log file in the user's log folder.

    Raises:
        IpdocsError: the user has no home folder.
    """
    from platformdirs import user_log_path

    try:
        path = user_log_path("ipdocs", appauthor=False)
    except RuntimeError as error:  # pathlib raises it for a user without a home
        hint = "set the environment variable HOME or XDG_STATE_HOME to a folder"
        raise IpdocsError([Finding("cannot-write", f"there is no folder for the log {name}", None, hint)]) from error
    return (path / name).absolute()


def user_name(name: str) -> str:
    """Return a name from the command line or, if it is empty, the user name on this computer.

    Raises:
        IpdocsError: this computer does not know the name of the user, or the name has a character that no source may contain.
    """
    try:
        return checked_text(name or getpass.getuser(), "your name")
    except (KeyError, OSError, ImportError) as error:
        message = "your name has to be recorded, but this computer does not know it"
        raise IpdocsError([Finding("unknown-user", message, None, "give your name: --by NAME")]) from error


def checked_text(text: str, description: str) -> str:
    """Check that a source may contain the characters of a text from the command line, and return the text.

    Args:
        text: the text.
        description: the beginning of the error message, such as "your name".

    Raises:
        IpdocsError: the text has a character that no source may contain.
    """
    from ipdocs.source.characters import character_name, forbidden_characters

    for offset, code, _, hint in forbidden_characters(text):
        raise IpdocsError([Finding(code, f"{description} has the character {character_name(text[offset])}", None, hint)])
    return text


def today() -> str:
    """Return today's date in ISO format."""
    return date.today().isoformat()


def read_standard_input() -> str:
    """Return the text on standard input.

    Raises:
        IpdocsError: standard input is not UTF-8.
    """
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise IpdocsError([Finding("not-utf8", "standard input is not UTF-8 text", None, "save it as UTF-8")]) from error
