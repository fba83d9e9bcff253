"""Find the language that another program names with its own tag, such as zh_HK, ZH-HANT, yue or en_GB."""

from __future__ import annotations

import re

from ipdocs.locale.conversion.characters import characters
from ipdocs.locale.language import Language, languages
from ipdocs.workspace import Workspace

_LONG_CODES = {"eng": "en", "zho": "zh", "chi": "zh", "cmn": "zh", "por": "pt"}
"""Codes of ISO 639 with three letters for languages that have a code with two letters."""
_SCRIPTS = {"hant": "Hant", "hk": "Hant", "mo": "Hant", "hans": "Hans", "cn": "Hans", "sg": "Hans", "my": "Hans"}
"""The Chinese script of each script or region in a tag. The script stands before the region."""
_TAIWAN = "tw"


def stated_language(tag: str, workspace: Workspace, text: str = "") -> Language | None:
    """Return the language of a workspace that a tag of another program means, or None if there is none.

    Hyphens and underscores are the same, as are capitals and small letters. Cantonese (yue) is Traditional Chinese. For Chinese
    without script or region, the characters of the text decide. Chinese of Taiwan is no language of ipdocs.

    Args:
        tag: the tag, or the code of a language of ipdocs.
        workspace: the workspace.
        text: a text in the language, which decides the script of plain "zh".
    """
    subtags = re.split("[-_]", tag.strip().lower())
    known_languages = languages(workspace)
    by_tag = {language.tag.lower(): language for language in known_languages.values()}
    if exact := by_tag.get("-".join(subtags)) or known_languages.get(tag.strip().lower()):
        return exact
    primary = _LONG_CODES.get(subtags[0], subtags[0])
    if primary in ("zh", "yue"):
        return None if is_taiwan_tag(tag) else _chinese(primary, subtags[1:], list(known_languages.values()), text)
    if primary in by_tag:
        return by_tag[primary]
    related = [language for known_tag, language in by_tag.items() if known_tag.partition("-")[0] == primary]
    return related[0] if len(related) == 1 else None


def is_taiwan_tag(tag: str) -> bool:
    """Whether a tag names the Chinese of Taiwan, whose wording differs from that of Hong Kong."""
    subtags = re.split("[-_]", tag.strip().lower())
    return _LONG_CODES.get(subtags[0], subtags[0]) == "zh" and _TAIWAN in subtags


def _chinese(primary: str, subtags: list[str], known_languages: list[Language], text: str) -> Language | None:
    script = next((_SCRIPTS[subtag] for subtag in subtags if subtag in _SCRIPTS), "")
    if not script:
        script = "Hans" if primary == "zh" and characters("simplified-only").intersection(text) else "Hant"
    candidates = [language for language in known_languages if language.script == script]
    regions = ("hk", "mo") if {"hk", "mo"} & set(subtags) else ("cn",)
    in_region = [language for language in candidates if language.tag.lower().rpartition("-")[2] in regions]
    return next(iter([*in_region, *candidates]), None)
