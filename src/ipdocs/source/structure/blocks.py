"""Put blocks in, move them, remove them, and set what a block says besides its texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from typing import Any

from ipdocs.model.text import RESTRICTED
from ipdocs.source.changes import Insertion, SourceChanges
from ipdocs.source.format import new_block_id
from ipdocs.source.name_checks import defined_names
from ipdocs.source.open import Source
from ipdocs.source.rearrangement import BODY
from ipdocs.source.spans import find_spans
from ipdocs.source.structure.places import PLACEHOLDER, first_language, kind_of, not_possible, plain
from ipdocs.source.texts import Keys, iter_texts

_COLUMNS = 2


def insert_block(
    source: Source, index: int, kind: str, texts: Mapping[str, str] | None = None, value: Any = None
) -> SourceChanges:
    """Return the changes that put a block into the body; a block without texts gets a placeholder in the first language.

    Args:
        source: the source.
        index: the index at which to insert the block.
        kind: the kind of block.
        texts: its text in one or more languages.
        value: the plain value of the block, such as the content of a table, or the name of a boilerplate section; by default a
            value with `texts` and placeholders.

    Raises:
        IpdocsError: there is no such kind, or a kind needs a value and has none.
    """
    return insert_blocks(source, index, [{kind: content_of(source, kind, texts or {}) if value is None else value}])


def insert_blocks(source: Source, index: int, blocks: Sequence[Mapping[str, Any]]) -> SourceChanges:
    """Return the changes that put blocks, given as plain values, into the body; a block without an id gets one."""
    return SourceChanges(insertions=tuple(Insertion(BODY, index, block) for block in with_ids(source, index, blocks)))


def with_ids(source: Source, index: int, blocks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return blocks with ids, as `ipdocs format` would give them, for an index in the body."""
    names = defined_names(source.nodes)
    used = {*names.ids, *(name.replace("_", "-") for name in names.values)}
    counts = Counter(kind_of(block) for block in source.nodes.data["body"][:index])
    result: list[dict[str, Any]] = []
    for block in blocks:
        kind = kind_of(block)
        counts[kind] += 1
        name = block.get("id")
        if name is None and not (kind == "boilerplate" and block[kind] not in used):
            heading = str(block[kind].get("en", "")) if kind == "heading" and isinstance(block[kind], Mapping) else ""
            name = new_block_id(kind, counts[kind], heading.replace(PLACEHOLDER, ""), used)
        used.add(str(name or block[kind]))
        result.append({**({"id": name} if name else {}), **block})
    return result


def content_of(source: Source, kind: str, texts: Mapping[str, str]) -> Any:
    """Return the plain value of a new block of a kind, with its texts or a placeholder.

    Raises:
        IpdocsError: there is no such kind, or the kind needs a value of its own.
    """
    open_text = {first_language(source): PLACEHOLDER}
    words = dict(texts) or open_text
    match kind:
        case "paragraph" | "heading" | "decision" | "post-meeting-note":
            return words
        case "list":
            return {"items": [words]}
        case "quotation":
            return [words]
        case "definitions":
            return [{"term": words, "text": open_text}]
        case "footnotes":
            return {new_note_name(source): words}
        case "table":
            cells = [[open_text for _ in range(_COLUMNS)] for _ in range(3)]
            cells[0][0] = words
            return {"head": cells[0], "rows": cells[1:]}
        case "rule" | "page-break":
            return "true"
        case "item":
            return {"heading": words}
        case "action":
            offices = list(source.nodes.data.get("offices", {}))
            if not offices:
                raise not_possible(
                    source, (), "an action needs an office that carries it out", "add an office to the minutes first"
                )
            return {"what": words, "owner": [str(offices[0])]}
        case _:
            needed = {"figure": "file", "boilerplate": "name"}.get(kind, "known kind")
            raise not_possible(source, (), f"a block '{kind}' needs a {needed}")


def new_note_name(source: Source) -> str:
    """Return a name for a new footnote."""
    names = defined_names(source.nodes).notes
    return next(name for name in (f"note-{number}" for number in range(1, len(names) + 2)) if name not in names)


def remove_block(source: Source, index: int) -> SourceChanges:
    """Return the changes that remove a block with its comments; with footnotes, their calls go from the texts."""
    texts = texts_without_notes(source, set(map(str, plain(source, (*BODY, index)).get("footnotes", ()))))
    if len(source.nodes.data["body"]) == 1:
        return SourceChanges(texts, values={BODY: []})
    return SourceChanges(texts, removals=((*BODY, index),))


def texts_without_notes(source: Source, names: Set[str]) -> dict[tuple[Keys, str], str]:
    """Return the texts that call some footnotes, without the calls; a text without other words becomes a placeholder."""
    texts: dict[tuple[Keys, str], str] = {}
    for place in iter_texts(source.document) if names else ():
        for language, text in place.texts.items():
            shorter = str(text)
            for span in reversed(find_spans(shorter)):
                if span.kind == "note" and span.name in names:
                    shorter = shorter[: span.start] + shorter[span.end :]
            if shorter != text:
                texts[place.keys, str(language)] = shorter.strip() or PLACEHOLDER
    return texts


def move_block(source: Source, index: int, after: int | None) -> SourceChanges:
    """Return the changes that move a block behind another one, or to the beginning of the body if `after` is None."""
    order = [other for other in range(len(source.nodes.data["body"])) if other != index]
    order.insert(order.index(after) + 1 if after is not None and after != index else 0 if after is None else index, index)
    return SourceChanges(order=tuple(order)) if order != sorted(order) else SourceChanges()


def set_value(source: Source, index: int, key: str, value: Any) -> SourceChanges:
    """Return the changes that set what a block says besides its texts, such as `list.style`; None removes the key."""
    keys: Keys = (*BODY, index, *key.split("."))
    parent = plain(source, keys[:-1]) if all(_has(source, keys[:end]) for end in range(2, len(keys))) else None
    if not isinstance(parent, dict):
        raise not_possible(source, (*BODY, index), f"this block has no '{key}'")
    if value is None:
        return SourceChanges(removals=(keys,)) if keys[-1] in parent else SourceChanges()
    return SourceChanges(values={keys: value if isinstance(value, dict | list) else str(value)})


def _has(source: Source, keys: Keys) -> bool:
    parent = plain(source, keys[:-1])
    return keys[-1] in parent if isinstance(parent, dict) else isinstance(keys[-1], int) and keys[-1] < len(parent)


def limit_block(source: Source, index: int, language: str, mode: str, reason: str = "") -> SourceChanges:
    """Return the changes that take a block out of a language, limit it to a language, or lift both limits for a language.

    Args:
        source: the source.
        index: the index of the block.
        language: the language.
        mode: `absent`, `only` or `all`.
        reason: the reason why the block is absent.

    Raises:
        IpdocsError: no text of the block would be left, or the reason is missing.
    """
    keys: Keys = (*BODY, index)
    block = plain(source, keys)
    if mode == "all":
        absent = {name: text for name, text in block.get("absent", {}).items() if name != language}
        values = {(*keys, "absent"): absent} if absent and language in block.get("absent", {}) else {}
        gone = [name for name in ("only", "absent") if name in block and not (name == "absent" and absent)]
        return SourceChanges(removals=tuple((*keys, name) for name in gone), values=values)
    places = [place for place in iter_texts(source.document) if place.keys[:2] == keys]
    removed = [(*place.keys, str(code)) for place in places for code in place.texts if (code == language) == (mode == "absent")]
    if any(all(((*place.keys, str(code)) in removed) for code in place.texts) for place in places):
        raise not_possible(source, keys, "a text of this block would have no language left", "write the other language first")
    if mode == "only":
        limits = ((*keys, "absent"),) if "absent" in block else ()
        return SourceChanges(removals=(*limits, *removed), values={(*keys, "only"): language})
    if not reason.strip():
        raise not_possible(source, keys, "the reason is missing", "say why this block is not in this language")
    limits = ((*keys, "only"),) if "only" in block else ()
    return SourceChanges(
        removals=(*limits, *removed), values={(*keys, "absent"): {**block.get("absent", {}), language: reason.strip()}}
    )


def put_text(source: Source, keys: Keys, language: str, text: str) -> SourceChanges:
    """Return the changes that write a text; an empty text is removed, and in its last language the placeholder is written."""
    if text.strip():
        return SourceChanges(texts={(keys, language): text})
    texts = plain(source, keys)
    if language not in texts:
        return SourceChanges()
    if any(name not in (language, RESTRICTED) for name in texts):
        return SourceChanges(removals=((*keys, language),))
    return SourceChanges(texts={(keys, language): PLACEHOLDER})
