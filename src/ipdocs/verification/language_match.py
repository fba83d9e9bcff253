"""Compare language tags by language and script."""

from __future__ import annotations

_SCRIPTS = {"hant": "hant", "hk": "hant", "tw": "hant", "mo": "hant", "hans": "hans", "cn": "hans", "sg": "hans"}
"""The script that a subtag of a Chinese language tag implies."""


def is_same_language(tag: str, other: str) -> bool:
    """Whether two tags name the same language in the same script, such as zh-HK and zh-Hant-HK."""
    return _language_and_script(tag) == _language_and_script(other)


def _language_and_script(tag: str) -> tuple[str, str]:
    primary, *subtags = tag.lower().split("-")
    script = next((_SCRIPTS[subtag] for subtag in subtags if subtag in _SCRIPTS), "")
    return primary, script if primary == "zh" else ""
