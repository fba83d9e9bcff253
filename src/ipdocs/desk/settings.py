"""What a page is told about the desk, and the settings of the desk: those of this user, for all workspaces."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ipdocs.desk.desk import Desk
from ipdocs.desk.errors import bad_request
from ipdocs.desk.guard import refused
from ipdocs.desk.interface import interface_catalog, interface_languages, preferred_language
from ipdocs.files.private import read_private, write_private
from ipdocs.source.characters import forbidden_characters
from ipdocs.workspace import find_workspace

SETTINGS = ("language", "name")
_LONGEST_NAME = 100


def information(data: dict[str, Any], desk: Desk) -> dict[str, Any]:
    """Return what every page needs to know.

    `languages` are the languages that the browser asks for, joined by commas; they decide if the user has not chosen one.
    """
    settings, workspace = read_settings(desk.state.parent), find_workspace(desk.workspace / "source")
    known = interface_languages(workspace)
    language = settings.get("language", "")
    if language not in known:
        language = preferred_language(str(data.get("languages", "")).split(","), workspace)
    return {
        "workspace": desk.workspace.name,
        "folder": str(desk.workspace),
        "version": version("ipdocs"),
        "language": language,
        "languages": [
            {"code": other.code, "tag": other.tag, "name": other.name, "locale": other.word or other.tag}
            for other in known.values()
        ],
        "catalog": interface_catalog(workspace, language),
        "name": settings.get("name", ""),
        "event": desk.events.last_id,
    }


def change(data: dict[str, Any], desk: Desk) -> dict[str, Any]:
    """Change settings: `language` of the interface, or the `name` that confirmations have; return what pages need to know.

    Raises:
        DeskError: the language does not exist, or the name cannot stand in a file.
    """
    language, name = data.get("language"), data.get("name")
    if language is not None and language not in interface_languages(find_workspace(desk.workspace / "source")):
        raise bad_request("there is no such language of the interface")
    if name is not None:
        name = str(name).strip()
        if len(name) > _LONGEST_NAME or "\n" in name or any(forbidden_characters(name)):
            raise refused(422, "this name cannot be recorded", "write your name as others know it, such as Chan Siu-ming")
    changes = {"language": language, "name": name}
    settings = {**read_settings(desk.state.parent), **{key: value for key, value in changes.items() if value is not None}}
    write_private(desk.state.parent / "settings.json", json.dumps(settings, ensure_ascii=False).encode())
    return information({}, desk)


def read_settings(folder: Path) -> dict[str, str]:
    """Return the settings of this user; a damaged file counts as none."""
    try:
        settings = json.loads(read_private(folder / "settings.json") or b"{}")
    except ValueError:
        return {}
    return {key: str(settings[key]) for key in SETTINGS if key in settings} if isinstance(settings, dict) else {}


def stop(data: dict[str, Any], desk: Desk) -> None:
    """Stop the desk."""
    desk.stop()
