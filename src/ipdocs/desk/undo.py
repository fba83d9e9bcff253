"""Take back a group of steps, or do it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ipdocs.desk.errors import DeskError, changed_since
from ipdocs.desk.history import contents_after, contents_before, texts_of
from ipdocs.desk.journal import Entry
from ipdocs.desk.step_entry import contents_of, source_of
from ipdocs.desk.steps import source_changes
from ipdocs.source.open import Source
from ipdocs.source.update import apply_changes


def with_group(source: Source, group: Sequence[Entry], kind: Literal["undo", "redo"]) -> Source:
    """Return a source with a group of steps undone or done again.

    If the files are as the group left them, they get their earlier content, byte for byte. Otherwise texts are found by the
    names of their places, and any other change is refused.

    Raises:
        DeskError: others have changed the place since.
    """
    contents = contents_of(source)
    result = contents_before(group, contents) if kind == "undo" else contents_after(group, contents)
    if result is not None:
        return source_of(source.path, result, source.pictures)
    texts = texts_of(group)
    if texts is None:
        raise changed_since(group[-1].label)
    for text in texts:
        before, after = (text.after, text.before) if kind == "undo" else (text.before, text.after)
        change = {"type": "text", "place": text.place, "lang": text.lang, "before": before, "after": after}
        try:
            source = apply_changes(source, source_changes(source, change))
        except DeskError as error:
            raise changed_since(group[-1].label) from error
    return source
