"""Lists of characters of the Chinese scripts, and a search for characters of the wrong script."""

from __future__ import annotations

import re
from functools import cache

from ipdocs.locale.language import Language
from ipdocs.locale.names_in_other_script import japanese_name_characters
from ipdocs.workspace import shipped_root

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""The ranges of Chinese characters, for a character class of a regular expression."""


@cache
def characters(name: str) -> frozenset[str]:
    """Return the characters in a list in locales/characters/.

    Args:
        name: "simplified" for the standard Simplified characters, or "simplified-only" for those that no Traditional text uses.
    """
    lines = (shipped_root() / "locales/characters" / f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset("".join(line for line in lines if not line.startswith("#")))


@cache
def _wrong_character_pattern(script: str) -> re.Pattern[str]:
    if script == "Hans":
        return re.compile(f"(?![{''.join(sorted(characters('simplified') | japanese_name_characters()))}])[{HAN}]")
    return re.compile(f"[{''.join(sorted(characters('simplified-only')))}]")


def wrong_script_characters(text: str, language: Language) -> list[tuple[int, str]]:
    """Return the characters that do not belong to a language's script, each with its index in the text.

    Simplified text may contain only the 8,105 standard characters (General Standard Chinese Characters, 2013), characters of
    Japanese names and the extra characters of the language. Traditional text may contain no character that is only Simplified.
    English texts are not checked.
    """
    if not language.is_chinese:
        return []
    matches = _wrong_character_pattern(language.script).finditer(text)
    return [(match.start(), match[0]) for match in matches if match[0] not in language.extra_characters]
