"""Build sources as Word files in memory, to find the source text of each paragraph."""

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
from ipdocs.review.word.reviewed_file import ReviewedFile, normalise_spaces, read_package
from ipdocs.review.word.rewrite import displayed_text
from ipdocs.source.open import Source
from ipdocs.source.segment import Segment, segment
from ipdocs.source.texts import TextPlace, iter_texts

_LIST_ENDING = re.compile(r"(?:[;；,，]\s*(?:and|or|以及|及|和|或)?|[.。:：])\s*")


@dataclass(frozen=True, slots=True)
class BuiltText:
    """A source text shown in a built paragraph.

    Attributes:
        place: the text in its document.
        parts: the text as a segment.
        template_prefix: the words that the template added before the text.
        template_suffix: the words that the template added after the text.
    """

    place: TextPlace
    parts: Segment
    template_prefix: str
    template_suffix: str

    def strip_template(self, text: str) -> str | None:
        """Return an edited paragraph without the template's words, or None if the template's words were edited.

        The ending of a list item may differ, because it depends on the item's position in the list.
        """
        if not text.startswith(self.template_prefix):
            return None
        rest = text[len(self.template_prefix) :]
        if self.template_suffix and rest.endswith(self.template_suffix):
            return rest[: -len(self.template_suffix)]
        if not self.template_suffix:
            return rest
        if not _LIST_ENDING.fullmatch(self.template_suffix):
            return None
        ending = re.search(rf"{_LIST_ENDING.pattern}$", rest)
        return rest[: ending.start()] if ending else rest


@dataclass(frozen=True, slots=True)
class BuiltDocument:
    """A document built in one language.

    Attributes:
        language: the language.
        content: the content of the built Word file.
        blocks: the id of each block, keyed by the name of its bookmark.
        texts: the place and segment of each text of a block, keyed by block id.
    """

    language: Language
    content: ReviewedFile
    blocks: Mapping[str, str]
    texts: Mapping[str, Sequence[tuple[TextPlace, Segment]]]

    def find_text(self, bookmark: str, paragraph: str) -> BuiltText | None:
        """Return the longest source text that a built paragraph shows, or None if all its words come from the template.

        A block without texts in the source, such as the head, shows texts that belong to no block.

        Args:
            bookmark: the name of the bookmark around the block of the paragraph.
            paragraph: the text of the paragraph.
        """
        block_id = self.blocks.get(bookmark, "")
        block_texts = [
            entry for key, entries in self.texts.items() if key == block_id or block_id.startswith(f"{key}-") for entry in entries
        ]
        outer_texts = [entry for name, entries in self.texts.items() if name not in self.blocks.values() for entry in entries]
        candidates = [(normalise_spaces(displayed_text(parts)), place, parts) for place, parts in block_texts or outer_texts]
        matches = [candidate for candidate in candidates if candidate[0] and candidate[0] in paragraph]
        if not matches:
            return None
        words, place, parts = max(matches, key=lambda match: len(match[0]))
        start = paragraph.index(words)
        return BuiltText(place, parts, paragraph[:start], paragraph[start + len(words) :])


def build_in_memory(source: Source, language: Language) -> BuiltDocument:
    """Build a source as a Word file in one language, without writing the file, and read its paragraphs."""
    content = read_package(open_package(build_word_file(source, language), source.path))
    render_expression = expression_renderer(language_context(source, language))
    by_block: dict[str, list[tuple[TextPlace, Segment]]] = {}
    for place in iter_texts(source.document):
        text = place.texts.get(Text(language.code))
        if text is not None and place.block != "facts":
            by_block.setdefault(place.block, []).append((place, segment(text, render_expression)))
    block_ids = [str(block.id or getattr(block, "boilerplate", None) or "") for block in source.document.body]
    blocks = {bookmark_name(f"{language.code}:{name}"): name for name in [*block_ids, "_head", "_contact", "_end"] if name}
    return BuiltDocument(language, content, blocks, by_block)


def build_word_file(source: Source, language: Language) -> bytes:
    """Return the content of a Word file built from a source in one language.

    Raises:
        IpdocsError: the source cannot be built, or the content of the file differs from the source.
    """
    request = BuildRequest(editions=(language.code,), formats=("docx",), draft=source.draft)
    (output,) = produce(prepare_source(source, request).tasks)
    raise_errors(output.findings, VerificationFailed)
    return output.data
