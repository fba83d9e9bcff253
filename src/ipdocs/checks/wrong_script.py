"""Characters of the wrong Chinese script."""

from __future__ import annotations

from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.conversion.characters import wrong_script_characters
from ipdocs.locale.names_in_other_script import is_in_name, only_in_names


def wrong_script(passage: Passage) -> Iterator[Violation]:
    """Find Simplified characters in Traditional text and the reverse; a run of such characters is one violation.

    Names in the glossary and words marked {keep} keep their characters.
    """
    description = "Simplified" if passage.language.script == "Hant" else "not Simplified"
    for start, end in _runs(passage):
        if not _is_name(passage, start, end) and not _is_kept(passage, end):
            hint = f"convert the text with `ipdocs convert --to {passage.language.code}`"
            message = f"{passage.plain[start:end]} is {description} Chinese"
            yield Violation(message, (Highlight(passage, start, end),), hint)


def name_in_other_script(passage: Passage) -> Iterator[Violation]:
    """Find Simplified characters in names of people in Traditional text, which conversion must not change.

    Names in the glossary are known to be right.
    """
    for start, end in _runs(passage):
        if _is_name(passage, start, end) and not _is_kept(passage, end):
            words = passage.plain[start:end]
            kept = f"[{words}]{{keep}}"
            yield Violation(
                f"{words} is Simplified Chinese, but seems to belong to a name",
                (Highlight(passage, start, end),),
                f"write {kept} if the name is written so, or add the name to a table in locales/glossary/ as a person",
                kept if only_in_names(words) else None,
                cause=words,
            )


def _runs(passage: Passage) -> Iterator[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for offset, _ in wrong_script_characters(passage.plain, passage.language):
        if any(match.start <= offset < match.end for match in passage.terms if match.term.kind != "term"):
            continue
        if runs and runs[-1][1] == offset:
            runs[-1] = (runs[-1][0], offset + 1)
        else:
            runs.append((offset, offset + 1))
    yield from runs


def _is_name(passage: Passage, start: int, end: int) -> bool:
    return passage.language.script == "Hant" and is_in_name(passage.plain, start, end)


def _is_kept(passage: Passage, end: int) -> bool:
    """Whether the author has marked the words before an offset as kept."""
    after = passage.text[passage.offsets[end - 1] + 1 :] if passage.offsets else ""
    return "]{keep}" in after.split("[", 1)[0]
