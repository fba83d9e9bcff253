"""What a source says as Word shows it: the paragraphs of each block, and the texts of the source that they are made of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ipdocs.files.ooxml.bookmarks import bookmark_name
from ipdocs.files.ooxml.package import open_package
from ipdocs.findings import VerificationFailed, raise_errors
from ipdocs.locale.language import Language
from ipdocs.localisation.language_context import expression_renderer
from ipdocs.localisation.localise import language_context
from ipdocs.model.text import Text
from ipdocs.pipeline.prepare import prepare_source
from ipdocs.pipeline.produce import produce
from ipdocs.pipeline.request import BuildRequest
from ipdocs.review.word.reviewed_file import Reviewed, plain, read_package
from ipdocs.review.word.rewrite import rendered
from ipdocs.source.open import Source
from ipdocs.source.segment import Segment, segment
from ipdocs.source.texts import TextPlace, texts

_ENDING = re.compile(r"(?:[;；,，]\s*(?:and|or|以及|及|和|或)?|[.。:：])\s*")


@dataclass(frozen=True, slots=True)
class Origin:
    """A text of a source in a paragraph, with what the template put before and behind it."""

    placed: TextPlace
    parts: Segment
    before: str
    after: str

    def inner(self, text: str) -> str | None:
        """Return what of an edited paragraph is the source's, or None where the template's own words were edited."""
        if not text.startswith(self.before):
            return None
        rest = text[len(self.before) :]
        if self.after and rest.endswith(self.after):
            return rest[: -len(self.after)]
        if not self.after:
            return rest
        found = re.search(rf"{_ENDING.pattern}$", rest) if _ENDING.fullmatch(self.after) else None
        return rest[: found.start()] if found else rest if _ENDING.fullmatch(self.after) else None


@dataclass(frozen=True, slots=True)
class Built:
    """A document as built in one language: its paragraphs, and where each of a block comes from."""

    language: Language
    reviewed: Reviewed
    blocks: Mapping[str, str]
    placed: Mapping[str, Sequence[tuple[TextPlace, Segment]]]

    def origin(self, mark: str, text: str) -> Origin | None:
        """Return the source's text in a built paragraph of a block, or None for what a template makes alone."""
        block = self.blocks.get(mark, "")
        own = [one for name, found in self.placed.items() if name == block or block.startswith(f"{name}-") for one in found]
        other = [one for name, found in self.placed.items() if name not in self.blocks.values() for one in found]
        for candidates in (own, [] if own else other):
            fitting = [(plain(rendered(parts)), placed, parts) for placed, parts in candidates]
            fitting = [one for one in fitting if one[0] and one[0] in text]
            if fitting:
                said, placed, parts = max(fitting, key=lambda one: len(one[0]))
                start = text.index(said)
                return Origin(placed, parts, text[:start], text[start + len(said) :])
        return None


def built_in(source: Source, language: Language) -> Built:
    """Return a source as it is built in a language, in memory."""
    reviewed = read_package(open_package(word_file(source, language), source.path))
    render_expression = expression_renderer(language_context(source, language))
    placed: dict[str, list[tuple[TextPlace, Segment]]] = {}
    for place in texts(source.document):
        text = place.texts.get(Text(language.code))
        if text is not None and place.block != "facts":
            placed.setdefault(place.block, []).append((place, segment(text, render_expression)))
    names = [str(block.id or getattr(block, "boilerplate", None) or "") for block in source.document.body]
    marks = {bookmark_name(f"{language.code}:{name}"): name for name in [*names, "head", "contact", "end"] if name}
    return Built(language, reviewed, marks, placed)


def word_file(source: Source, language: Language) -> bytes:
    """Return a source built as a Word file in one language; what keeps it from being built is raised."""
    request = BuildRequest(editions=(language.code,), formats=("docx",), draft=source.draft)
    (output,) = produce(prepare_source(source, request).tasks)
    raise_errors(output.findings, VerificationFailed)
    return output.data
