"""Values of a style that Simplified Chinese inherits from Traditional Chinese, in its own characters."""

from __future__ import annotations

import re
from typing import Any

from ipdocs.locale.conversion.characters import HAN, characters
from ipdocs.locale.language import Language, languages
from ipdocs.workspace import Workspace

_HAN = re.compile(f"[{HAN}]")


def in_own_script(value: Any, language: Language, workspace: Workspace) -> Any:
    """Return the value of a key, or a whole section, with each text that has Traditional characters converted to Simplified.

    Args:
        value: a text, a list or a mapping; keys stay as they are.
        language: the language of the section; only a language in Simplified characters that is converted has changes.
        workspace: the workspace, whose rules of conversion apply.
    """
    if language.script != "Hans" or not language.converted_from:
        return value
    if isinstance(value, dict):
        return {key: in_own_script(inner, language, workspace) for key, inner in value.items()}
    if isinstance(value, list):
        return [in_own_script(item, language, workspace) for item in value]
    if isinstance(value, str) and _has_other_characters(value):
        from ipdocs.locale.conversion.engine import DIRECTIONS, engine  # takes 50 ms, and is seldom needed

        direction = language.converted_from, language.code
        return engine(*direction, workspace).convert_script(value) if direction in DIRECTIONS else value
    return value


def without_outdated(style: dict[str, Any], own: dict[str, Any], workspace: Workspace) -> dict[str, Any]:
    """Return the sections of a style without converted values whose originals another style replaces.

    If gia writes 0萬 in tc and 0万 in sc, and a style that is based on it changes the key in tc alone, sc follows tc.

    Args:
        style: the sections of a style, keyed by language code.
        own: the sections of the style that is based on it.
        workspace: the workspace.
    """
    return style | {
        language.code: _without_outdated(
            style[language.code],
            style[language.converted_from],
            own.get(language.code) or {},
            own[language.converted_from],
            language,
            workspace,
        )
        for language in languages(workspace).values()
        if language.converted_from
        and all(isinstance(style.get(code), dict) for code in (language.code, language.converted_from))
        and isinstance(own.get(language.converted_from), dict)
    }


def _without_outdated(
    converted: dict[str, Any],
    original: dict[str, Any],
    own_converted: dict[str, Any],
    own_original: dict[str, Any],
    language: Language,
    workspace: Workspace,
) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for key, value in converted.items():
        replacement, source = own_original.get(key), original.get(key)
        if isinstance(value, dict) and isinstance(source, dict) and isinstance(replacement, dict):
            own = own_converted.get(key)
            kept[key] = _without_outdated(value, source, own if isinstance(own, dict) else {}, replacement, language, workspace)
        elif replacement is None or key in own_converted or not _is_conversion(value, source, language, workspace):
            kept[key] = value
    return kept


def _is_conversion(value: Any, original: Any, language: Language, workspace: Workspace) -> bool:
    """Whether a value differs from the original only in its characters; the comparison of lengths saves most conversions."""
    differs = value != original and len(str(value)) == len(str(original))
    return differs and bool(in_own_script(original, language, workspace) == value)


def _has_other_characters(text: str) -> bool:
    return any(match[0] not in characters("simplified") for match in _HAN.finditer(text))
