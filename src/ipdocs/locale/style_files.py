"""The files of house styles, and the keys that a style inherits from other styles and from other languages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ipdocs.files.yaml import locate, read_yaml
from ipdocs.findings import Finding, IpdocsError, Location, nearest
from ipdocs.locale.cldr import is_locale
from ipdocs.locale.inherited_words import inherited_from_another_language, unwritten_keys
from ipdocs.locale.language import Language, languages
from ipdocs.locale.style_script import in_own_script, without_outdated
from ipdocs.workspace import Workspace


def style_names(workspace: Workspace) -> list[str]:
    """Return the names of a workspace's house styles, in alphabetical order."""
    return sorted(path.stem for path in workspace.files("locales/styles/*.yaml").values())


def style_path(name: str, workspace: Workspace) -> Path:
    """Return the path of a house style.

    Raises:
        IpdocsError: there is no such style; the hint names a similar one.
    """
    names = style_names(workspace)
    path = workspace.find(f"locales/styles/{name}.yaml") if name in names else None
    if path:
        return path
    similar = nearest(name, names)
    hint = f"did you mean {similar!r}?" if similar else f"use one of the house styles {', '.join(names)}"
    raise IpdocsError([Finding("unknown-style", f"there is no house style {name!r}", None, hint)])


def read_style(name: str, workspace: Workspace, derived_styles: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the content of a style, merged with the content of every style that it is based on.

    Args:
        name: the name of the style.
        workspace: the workspace.
        derived_styles: the styles that are based on this style, to detect a cycle.
    """
    path = style_path(name, workspace)
    if name in derived_styles:
        raise _cycle_error("house styles", (*derived_styles, name), path)
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise IpdocsError([Finding("bad-data", "the house style is not a mapping of keys to values", Location(path, 1, 1))])
    base = _pop_base(content, path)
    if not base:
        return content
    inherited = read_style(base, workspace, (*derived_styles, name))
    own_sections, sections = content.get("languages"), inherited.get("languages")
    if isinstance(own_sections, dict) and isinstance(sections, dict):
        inherited["languages"] = without_outdated(sections, own_sections, workspace)
    return _merge(inherited, content)


def _pop_base(content: dict[str, Any], path: Path) -> str | None:
    """Remove the key `based-on` from a style and return its value."""
    base = content.pop("based-on", None)
    if base is not None and not isinstance(base, str):
        location = locate(path, ["based-on"])
        raise IpdocsError(
            [
                Finding(
                    "bad-data",
                    f"based-on: {str(base)!r:.60} is not a name",
                    location,
                    "write the name of one style in quotation marks",
                )
            ]
        )
    return base


def _cycle_error(subject: str, cycle: Sequence[str], path: Path) -> IpdocsError:
    message = f"{subject} are based on each other: {' > '.join(cycle)}"
    return IpdocsError(
        [Finding("circular-style", message, locate(path, ["based-on"]), "delete `based-on` in one of these styles")]
    )


def language_section(
    code: str, own_sections: dict[str, Any], workspace: Workspace, derived_languages: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return the section for a language, completed with the keys that it inherits.

    Args:
        code: the code of the language.
        own_sections: the sections of the house style, keyed by language code.
        workspace: the workspace.
        derived_languages: the languages that inherit this section, to detect a cycle.
    """
    language = languages(workspace).get(code)
    path = workspace.find(f"locales/{language.tag}/style.yaml") if language else None
    folder_section = _folder_section(path) if path else {}
    base = (_pop_base(folder_section, path) if path else None) or (language.converted_from if language else None)
    if path and base in (*derived_languages, code) and base != code:
        raise _cycle_error("the styles of languages", (*derived_languages, code, base), path)
    inherited = (
        language_section(base, own_sections, workspace, (*derived_languages, code))
        if base and base not in (*derived_languages, code)
        else {}
    )
    if base and is_another_language(code, base, workspace):
        inherited = inherited_from_another_language(inherited, folder_section | own_sections.get(code, {}))
    section = _merge(_merge(inherited, folder_section), own_sections.get(code, {}))
    return in_own_script(section, language, workspace) if language else section


def is_another_language(code: str, base: str, workspace: Workspace) -> bool:
    """Whether two codes belong to different languages, such as Portuguese and English, and not to variants of one."""
    tags = [known.tag if (known := languages(workspace).get(name)) else name for name in (code, base)]
    return tags[0].partition("-")[0] != tags[1].partition("-")[0]


def unwritten_key_findings(language: Language, own_sections: dict[str, Any], workspace: Workspace) -> list[Finding]:
    """Return a finding for each key that a language must have itself, because its style is based on another language.

    A style that is based on an unknown language has one finding. A language with an unknown locale has none here, because its
    style is not valid.

    Args:
        language: the language.
        own_sections: the sections of the house style, keyed by language code.
        workspace: the workspace.
    """
    path = workspace.find(f"locales/{language.tag}/style.yaml")
    folder_section = _folder_section(path) if path else {}
    base = _pop_base(folder_section, path) if path else None
    if path and base and base not in (known := (*languages(workspace), *own_sections)):
        similar = nearest(base, known)
        hint = f"did you mean {similar!r}?" if similar else f"use one of the languages {', '.join(known)}"
        message = f"based-on: there is no language {base!r:.60}"
        return [Finding("unknown-language", message, locate(path, ["based-on"]), hint)]
    if not path or not base or not is_another_language(language.code, base, workspace):
        return []
    own = _merge(folder_section, own_sections.get(language.code, {}))
    if "cldr" not in own:
        hint = f"write the locale of the language, such as `cldr: {language.babel}`"
        message = f"{language.in_english} has no `cldr`, so it would have the months and weekdays of {base}"
        return [Finding("style-without-key", message, Location(path, 1, 1), hint)]
    locale = str(own["cldr"])
    if not is_locale(locale):
        return []
    base_section = language_section(base, own_sections, workspace)
    return [
        Finding(
            "style-without-key",
            f"{language.in_english} has no `{key.name}`, which is {key.inherited!r} in {base}",
            locate(path, key.name.split(".")),
            f"write `{key.example}` in locales/{language.tag}/style.yaml",
        )
        for key in unwritten_keys(base_section, own, locale)
    ]


def _folder_section(path: Path) -> dict[str, Any]:
    """Return the content of style.yaml in the folder of a language."""
    content = read_yaml(path)
    if not isinstance(content, dict):
        message = "style.yaml is not a mapping of keys to values"
        raise IpdocsError([Finding("bad-data", message, Location(path, 1, 1))])
    return content


def _merge(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    inherited = {
        key: _merge(value, own[key]) if isinstance(value, dict) and isinstance(own.get(key), dict) else own.get(key, value)
        for key, value in base.items()
    }
    return inherited | {key: value for key, value in own.items() if key not in base}
