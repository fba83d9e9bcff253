"""Languages: one folder of locales/ each, named by its BCP 47 tag and called by a code of two or three letters."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from ipdocs.files.yaml import DataRecord, read_record, read_yaml
from ipdocs.findings import Finding, IpdocsError, Location, nearest
from ipdocs.workspace import Workspace


class Language(DataRecord):
    """A language documents are issued in: its code ("tc"), tag ("zh-Hant-HK"), script and what it is made from."""

    code: str = Field(pattern=r"^[a-z]{2,3}$")
    tag: str
    name: str
    in_english: str
    script: Literal["Latn", "Hant", "Hans"]
    made_from: str | None = Field(default=None, alias="from")
    on_request: bool = False

    @property
    def babel(self) -> str:
        """The tag as Babel and gettext spell it: zh_Hant_HK."""
        return self.tag.replace("-", "_")

    @property
    def is_chinese(self) -> bool:
        """Whether the language is set in Chinese characters."""
        return self.script != "Latn"


@cache
def languages(workspace: Workspace) -> dict[str, Language]:
    """Return a workspace's languages by code, in the order in which documents list them: written before derived."""
    found = [_read_language(path) for path in workspace.files("locales/*/language.yaml").values()]
    return {
        language.code: language
        for language in sorted(found, key=lambda one: (one.made_from is not None, one.tag != "en", one.code != "sc", one.tag))
    }


def _read_language(path: Path) -> Language:
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise IpdocsError([Finding("bad-data", "a language is a mapping of keys and values", Location(path, 1, 1))])
    return read_record(path, Language, {"tag": path.parent.name, **content})


@cache
def languages_by_tag(workspace: Workspace) -> dict[str, Language]:
    """Return a workspace's languages by their tags."""
    return {one.tag: one for one in languages(workspace).values()}


def language(name: str, workspace: Workspace) -> Language:
    """Return the language of a code or tag; an unknown one is a finding that names the nearest."""
    known = languages(workspace)
    if found := next((one for one in known.values() if name.lower() in (one.code, one.tag.lower())), None):
        return found
    close = nearest(name, [*known, *(one.tag for one in known.values())])
    hint = f"did you mean {close!r}?" if close else f"the languages are {', '.join(known)}"
    raise IpdocsError([Finding("unknown-language", f"there is no language {name!r}", None, hint)])


def written_language(name: str, workspace: Workspace) -> Language:
    """Return the language of a name; one that is made by conversion is a finding, since nobody translates into it."""
    found = language(name, workspace)
    if found.made_from:
        hint = f"--to {found.made_from}; {found.code} is converted from it when the document is built"
        raise IpdocsError([Finding("derived-language", f"{found.code} is not translated but converted", None, hint)])
    return found
