"""What is dropped on a document or pasted into it: pictures, and words of other programs; nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ipdocs.desk.cells import document_context, document_languages, span_json
from ipdocs.desk.documents import HeldDocument
from ipdocs.desk.dropped_pictures import keep_picture
from ipdocs.desk.errors import bad_request
from ipdocs.desk.message import message
from ipdocs.desk.rows import BLOCK_NAMES
from ipdocs.localisation.localise import language_context
from ipdocs.source.open import Source
from ipdocs.source.segment import to_display_text
from ipdocs.source.spans import find_spans
from ipdocs.source.texts import TextPlace, block_ids, iter_texts, texts_by_block
from ipdocs.source.validation import load_section

DROPPED_NAMES = {
    "pictures": message("pictures"),
    "underlining": message("underlining"),
    "crossed-out words": message("crossed-out words"),
    "colours": message("colours"),
    "fonts and sizes": message("fonts and sizes"),
    "alignment": message("alignment"),
    "comments": message("comments"),
}
"""The everyday names of the formats that a text of a source does not have."""


def picture(data: Mapping[str, Any], held: HeldDocument) -> dict[str, Any]:
    """Keep the picture of a request until a step puts it in; return the name of its file and its size.

    Raises:
        IpdocsError: the file is no picture that can be used.
        DeskError: the request has no file.
    """
    files = data.get("files") or []
    if len(files) != 1:
        raise bad_request("one file is needed")
    return keep_picture(held.source, files[0])


def paste(data: Mapping[str, Any], held: HeldDocument) -> dict[str, Any]:
    """Return what pasted words would make of a text: blocks, one text, cells, or the words beside another language.

    Raises:
        IpdocsError: the words cannot be read.
        DeskError: the request has no words.
    """
    from ipdocs.importing.pasted import (
        beside,
        block_value,
        dropped_formats,
        grid_of,
        pasted_blocks,
        words_of,
    )

    html, text, lang, place = (str(data.get(name) or "") for name in ("html", "text", "lang", "place"))
    if not (html or text) or not lang:
        raise bad_request("there are no words")
    source = held.source
    context = document_context(source)
    if lang not in context.written:
        raise bad_request("this language is not written")
    blocks = pasted_blocks(html, text, source.path.parent / "pasted.html", source.workspace)
    words = words_of(blocks)
    there, places = _places_from(source, place, lang)
    texts = beside(blocks, places, (there, lang), source) if there and blocks else []
    return {
        "blocks": [
            {
                "kind": block.kind,
                "name": BLOCK_NAMES[block.kind],
                "words": " · ".join(to_display_text(text) for text in block.texts)[:300],
                "value": block_value(block, lang),
            }
            for block in blocks
        ],
        "words": words,
        "spans": span_json(words, find_spans(words), place, context.written[lang], context.notes),
        "grid": grid_of(blocks),
        "beside": {"from": there, "places": [{"place": name, "text": text} for name, text in texts]} if texts else None,
        "dropped": [DROPPED_NAMES[name] for name in dropped_formats(html)],
    }


def _places_from(source: Source, place: str, lang: str) -> tuple[str, dict[str, list[TextPlace]]]:
    """Return the language that is written from a place on and lacks `lang`, and the texts of the blocks from there on."""
    blocks = texts_by_block(source.document)
    body = block_ids(source.document)
    first = next((block for block, texts in blocks.items() if any(text.name == place for text in texts)), "")
    if first not in body:
        return "", {}
    texts = {block: blocks[block] for block in body[body.index(first) :] if block in blocks}
    written = [str(code) for code in source.document.languages if code != lang]
    there = next((code for code in written if any(code == other for text in texts[first] for other in text.texts)), "")
    return there, texts


def recurring(data: Mapping[str, Any], held: HeldDocument) -> dict[str, Any]:
    """Return the recurring texts of the workspace with their words in each language of the document."""
    source = held.source
    written, derived = document_languages(source)
    contexts = {code: language_context(source, language) for code, language in {**written, **derived}.items()}
    sections = []
    for path in source.workspace.files("templates/boilerplate/*.yaml"):
        name = path.rpartition("/")[2].removesuffix(".yaml")
        section = load_section(name, source.workspace)
        texts: dict[str, list[str]] = {}
        for code, context in contexts.items():
            with context.section(section):
                texts[code] = [str(context.localise(place.texts)) for place in iter_texts(section) if place.keys[0] == "body"]
        sections.append({"name": name, "title": name.replace("-", " ").capitalize(), "texts": texts})
    return {"sections": sections}
