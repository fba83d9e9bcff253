"""Boilerplate sections in place of imported blocks with the same texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ipdocs.importing.imported_release import ImportedRelease, Versions, compose
from ipdocs.locale.language import language
from ipdocs.localisation.localise import language_context
from ipdocs.source.file import SourceText
from ipdocs.source.open import SourceContext, parse_source
from ipdocs.source.validation import load_section
from ipdocs.workspace import Workspace


def with_sections(blocks: list[Versions], release: ImportedRelease, target: Path, workspace: Workspace) -> list[Versions | str]:
    """Replace consecutive blocks with the name of a boilerplate section if their texts equal the section in every language.

    Args:
        blocks: the versions of each block.
        release: the release, whose languages and house style are used.
        target: the path of the new source.
        workspace: the workspace with the sections.
    """
    sections = _section_texts(release, target, workspace)
    body: list[Versions | str] = []
    index = 0
    while index < len(blocks):
        name, length = next(
            (
                (name, len(paragraphs))
                for name, paragraphs in sections.items()
                if paragraphs and _is_section(blocks[index : index + len(paragraphs)], paragraphs, release.languages)
            ),
            ("", 1),
        )
        body += [name] if name else blocks[index : index + 1]
        index += length
    return body


def _is_section(blocks: list[Versions], paragraphs: list[dict[str, str]], languages: Sequence[str]) -> bool:
    """Whether blocks have the same texts as the paragraphs of a boilerplate section in every language."""
    return len(blocks) == len(paragraphs) and all(
        versions.keys() == set(languages)
        and all(" ".join(block.full_text.split()) == texts[code] for code, block in versions.items())
        for versions, texts in zip(blocks, paragraphs, strict=True)
    )


def _section_texts(release: ImportedRelease, target: Path, workspace: Workspace) -> dict[str, list[dict[str, str]]]:
    """Return the paragraphs of each boilerplate section, keyed by section name; a paragraph maps language codes to texts."""
    empty = replace(release, title=dict.fromkeys(release.languages, "⟦title⟧"), reference={}, facts={}, body=())
    source = parse_source(SourceText(target, compose(empty)), SourceContext(target, workspace), draft=True)
    sections: dict[str, list[dict[str, str]]] = {}
    for path in workspace.files("templates/boilerplate/*.yaml"):
        section = load_section(Path(path).stem, workspace)
        paragraphs: list[dict[str, str]] = [{} for _ in section.body]
        for code in release.languages:
            context = language_context(source, language(code, workspace))
            with context.section(section):
                for texts, block in zip(paragraphs, section.body, strict=True):
                    text = getattr(block, "paragraph", None)
                    # A NUL never equals an imported text, so a section with other kinds of blocks never matches.
                    texts[code] = " ".join(str(context.localise(text)).split()) if text else "\0"
        sections[Path(path).stem] = paragraphs
    return sections
