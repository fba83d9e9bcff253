"""The index of a memory: a SQLite file for finding texts by key and, within milliseconds, by similarity.

The index has an entry for each text and language, with the hash of the text's key. For the search by similarity, the
text is split into grams: English words, and pairs of Chinese characters. The postings of a gram are the ids of the
entries that contain the gram, stored as a blob of 32-bit integers. A search compares the query only with entries that
contain the query's rarest grams.
"""

from __future__ import annotations

import json
import re
import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, compress, groupby, islice
from operator import eq, itemgetter
from pathlib import Path
from typing import Any

from ipdocs.files.temporary import remove, sweep, temporary_file
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.locale.folding import index_key
from ipdocs.model.script_forms import bare_form
from ipdocs.source.template_text import Content, RenderedFact
from ipdocs.translation.memory.unit import MemoryUnit
from ipdocs.values.notation import notation, parse_value
from ipdocs.values.types import Date

# Number of texts whose postings are collected before they are written. It limits the RAM used for building.
BATCH_SIZE = 50_000
# Limits of a search: the number of ids read from postings, and the number of texts compared.
MAX_POSTING_IDS = 50_000
MAX_COMPARED = 800
# The number of texts compared in a search for parts, which takes longer.
MAX_OVERLAPPING = 60
# The highest number of texts with the same key that are tried.
MAX_WITH_KEY = 50
# Number of bytes of the file that are mapped into RAM, so that reading makes no copies.
_MAPPED_BYTES = 4 * 1024**3
_WORD = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*")
_PAIR = re.compile(r"(?=([㐀-鿿]{2}))")
# The table `pair` has a row for each index part, and the table `side` a row for each entry.
_SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, text TEXT);
CREATE TABLE unit (id INTEGER PRIMARY KEY, document TEXT, place TEXT, issued TEXT, style TEXT, state TEXT, by TEXT, day TEXT,
                   origin TEXT);
CREATE TABLE pair (id INTEGER PRIMARY KEY, unit INTEGER, part INTEGER, texts TEXT);
CREATE TABLE side (id INTEGER PRIMARY KEY, pair INTEGER, language TEXT, key INTEGER, search TEXT);
CREATE TABLE batch (gram INTEGER, batch INTEGER, ids BLOB);
CREATE TABLE posting (gram INTEGER PRIMARY KEY, total INTEGER, ids BLOB);
"""


_WITH_SHIFT = "*[~*\u00b2\u00b3\u00b9\u2070-\u209c^]*"
"""Matches texts with marks or characters of superscript and subscript, or with emphasis."""


@dataclass(frozen=True, slots=True)
class IndexedText:
    """An entry of the index: a language code, the key of a text, and the text for a search by similarity."""

    language: str
    key: str
    search_text: str


@dataclass(frozen=True, slots=True)
class IndexPart:
    """A whole unit or one of its sentences, with its entries in the index.

    Attributes:
        number: 0 for the whole unit, 1 for its first sentence.
        texts: the text in each language, keyed by language code.
        indexed_texts: the index entry for each text.
    """

    number: int
    texts: dict[str, Content]
    indexed_texts: tuple[IndexedText, ...]


@dataclass(frozen=True, slots=True)
class IndexHit:
    """A search result: a unit with only the texts of the part that was found; part 0 is the whole unit."""

    unit: MemoryUnit
    part_number: int


def grams(text: str) -> list[str]:
    """Return the distinct grams of a text: its words, and its pairs of Chinese characters."""
    lower = text.lower()
    return list(dict.fromkeys([*_WORD.findall(lower), *_PAIR.findall(lower)]))


@lru_cache(maxsize=50_000)
def _gram_id(language: str, gram: str) -> int:
    return index_key(f"{language} {gram}")


def build_index(path: Path, contents: Iterable[tuple[MemoryUnit, Sequence[IndexPart]]], fingerprint: str) -> None:
    """Write an index of units to a file; an earlier file is replaced only when the new index is complete.

    Args:
        path: the file to write.
        contents: the units, each with its parts; they are read one by one, so that they need not fit into RAM.
        fingerprint: a text that identifies the files that the units come from.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    sweep(path.parent)
    temporary_path = temporary_file(path.parent)
    try:
        with closing(sqlite3.connect(temporary_path)) as connection:
            connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE; {_SCHEMA}")
            _fill(connection, contents)
            _merge(connection)
            connection.execute("INSERT INTO about VALUES ('fingerprint', ?)", (fingerprint,))
            connection.commit()
        temporary_path.replace(path)
    finally:
        remove(temporary_path)


def _fill(connection: sqlite3.Connection, contents: Iterable[tuple[MemoryUnit, Sequence[IndexPart]]]) -> None:
    entry_id = pair_id = batch = 0
    postings: dict[int, array[int]] = defaultdict(lambda: array("I"))
    rows: list[tuple[int, int, str, int, str]] = []
    for unit_id, (unit, parts) in enumerate(contents, 1):
        connection.execute("INSERT INTO unit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (unit_id, *_column_values(unit)))
        for part in parts:
            pair_id += 1
            connection.execute("INSERT INTO pair VALUES (?, ?, ?, ?)", (pair_id, unit_id, part.number, _to_json(part.texts)))
            for text in part.indexed_texts:
                entry_id += 1
                rows.append((entry_id, pair_id, text.language, index_key(f"{text.language} {text.key}"), text.search_text))
                for gram in grams(text.search_text):
                    postings[_gram_id(text.language, gram)].append(entry_id)
        if len(rows) >= BATCH_SIZE:
            _write_batch(connection, rows, postings, batch)
            batch += 1
    _write_batch(connection, rows, postings, batch)
    connection.execute("CREATE INDEX side_key ON side (key)")


def _write_batch(
    connection: sqlite3.Connection, rows: list[tuple[int, int, str, int, str]], postings: dict[int, array[int]], batch: int
) -> None:
    connection.executemany("INSERT INTO side VALUES (?, ?, ?, ?, ?)", rows)
    connection.executemany(
        "INSERT INTO batch VALUES (?, ?, ?)", ((gram, batch, ids.tobytes()) for gram, ids in sorted(postings.items()))
    )
    connection.commit()
    rows.clear()
    postings.clear()


def _merge(connection: sqlite3.Connection) -> None:
    """Merge the postings of all batches, so that the postings of each gram are in one row."""
    cursor = connection.execute("SELECT gram, ids FROM batch ORDER BY gram, batch")
    for gram, rows in groupby(cursor, key=itemgetter(0)):
        _write_posting(connection, gram, b"".join(ids for _, ids in rows))
    connection.commit()
    connection.execute("DROP TABLE batch")


def _write_posting(connection: sqlite3.Connection, gram: int, ids: bytes) -> None:
    connection.execute("INSERT INTO posting VALUES (?, ?, ?)", (gram, len(ids) // 4, ids))


def _column_values(unit: MemoryUnit) -> tuple[str, ...]:
    issued = notation(unit.issued) if unit.issued else ""
    return unit.document, unit.place, issued, unit.style, unit.state, unit.by, unit.on, unit.origin


def _to_json(texts: dict[str, Content]) -> str:
    plain_texts = {
        code: [[part.expression, part.surface] if isinstance(part, RenderedFact) else part for part in text]
        for code, text in texts.items()
    }
    return json.dumps(plain_texts, ensure_ascii=False)


def _from_json(text: str) -> dict[str, Content]:
    return {
        code: tuple(RenderedFact(*part) if isinstance(part, list) else part for part in parts)
        for code, parts in json.loads(text).items()
    }


def _most_frequent(postings: Sequence[array[int]], limit: int) -> list[int]:
    """Return up to `limit` ids: first the ids in several postings, most frequent first, then the others in the given order.

    For speed, built-in functions find the repeated ids by comparing sorted neighbours; almost every id occurs once.
    """
    ids = sorted(chain.from_iterable(postings))
    repeated = Counter(compress(ids, map(eq, ids, islice(ids, 1, None))))
    frequent = [id_ for id_, _ in repeated.most_common(limit)]
    single = (id_ for id_ in chain.from_iterable(postings) if id_ not in repeated)
    return [*frequent, *islice(single, limit - len(frequent))]


class Index:
    """An existing index, open for reading; its `fingerprint` identifies the files that the index was built from."""

    def __init__(self, path: Path) -> None:
        """Open the index in a file.

        Raises:
            sqlite3.DatabaseError: the file is not an index.
        """
        self._path = path
        self._connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        self._connection.execute(f"PRAGMA mmap_size={_MAPPED_BYTES}")
        self._connection.create_function("bare", 1, bare_form, deterministic=True)
        self._last_candidates: tuple[tuple[str, str], list[int]] = (("", ""), [])
        try:
            (self.fingerprint,) = self._connection.execute("SELECT text FROM about WHERE name = 'fingerprint'").fetchone()
        except sqlite3.DatabaseError:
            self._connection.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def with_key(self, language: str, key: str, search_text: str) -> list[IndexHit]:
        """Return the texts that have a key in a language: first texts with an equal search text, then the latest."""
        rows = self._rows(
            "SELECT pair FROM side WHERE key = ? AND language = ? ORDER BY search = ? DESC, id DESC LIMIT ?",
            (index_key(f"{language} {key}"), language, search_text, MAX_WITH_KEY),
        )
        return [self._hit(pair_id) for (pair_id,) in rows]

    def similar(self, language: str, search_text: str, min_percent: float, limit: int) -> list[tuple[float, IndexHit]]:
        """Return the texts of a language that are most similar to a text, the best first, each with its percentage.

        Args:
            language: the code of the language.
            search_text: the text to compare with, from `AnalysedText.search_text`.
            min_percent: the lowest percentage that is returned.
            limit: the highest number of texts that are returned.
        """
        from rapidfuzz import fuzz, process

        candidates = sorted(self._candidates(language, search_text))
        placeholders = ",".join("?" * len(candidates))
        rows = self._rows(f"SELECT pair, search FROM side WHERE id IN ({placeholders})", candidates)  # noqa: S608
        texts = [text for _, text in rows]
        matches = process.extract(search_text, texts, scorer=fuzz.ratio, score_cutoff=min_percent, limit=limit)
        return [(percent, self._hit(rows[index][0])) for _, percent, index in matches]

    def overlapping(self, language: str, search_text: str, min_percent: float, min_length: int, limit: int) -> list[IndexHit]:
        """Return the texts of which a text is nearly a part, or that are nearly a part of the text, longest common part first.

        Args:
            language: the code of the language.
            search_text: the text to compare with, from `AnalysedText.search_text`.
            min_percent: the lowest similarity of the shorter text and the part of the longer text.
            min_length: the minimum length of the texts that are returned, in characters.
            limit: the highest number of texts that are returned.
        """
        from rapidfuzz import fuzz, process

        candidates = self._candidates(language, search_text)[:MAX_OVERLAPPING]
        placeholders = ",".join("?" * len(candidates))
        statement = f"SELECT pair, search FROM side WHERE id IN ({placeholders}) AND length(search) >= ?"  # noqa: S608 - only question marks
        rows = self._rows(statement, [*candidates, min_length])
        texts = [text for _, text in rows]
        matches = process.extract(search_text, texts, scorer=fuzz.partial_ratio, score_cutoff=min_percent, limit=None)
        matches.sort(key=lambda match: (-min(len(match[0]), len(search_text)), -match[1], len(match[0])))
        return [self._hit(rows[index][0]) for _, _, index in matches[:limit]]

    def containing(self, words: str, limit: int) -> list[IndexHit]:
        """Return up to `limit` texts in any language that contain `words`, regardless of case, superscript and subscript."""
        condition = "instr(lower(search), lower(?)) > 0 OR (search GLOB ? AND instr(bare(search), ?) > 0)"
        values = (words, _WITH_SHIFT, bare_form(words), limit)
        rows = self._rows(f"SELECT DISTINCT pair FROM side WHERE {condition} LIMIT ?", values)  # noqa: S608
        return [self._hit(pair_id) for (pair_id,) in rows]

    def _candidates(self, language: str, search_text: str) -> list[int]:
        """Return the ids of the texts that contain the most of a query's rarest grams; the last result is kept."""
        if self._last_candidates[0] == (language, search_text):
            return self._last_candidates[1]
        candidates = self._find_candidates(language, search_text)
        self._last_candidates = ((language, search_text), candidates)
        return candidates

    def _find_candidates(self, language: str, search_text: str) -> list[int]:
        gram_ids = [_gram_id(language, gram) for gram in grams(search_text)]
        placeholders = ",".join("?" * len(gram_ids))
        totals = self._rows(f"SELECT total, gram FROM posting WHERE gram IN ({placeholders})", gram_ids)  # noqa: S608
        postings: list[array[int]] = []
        ids_read = 0
        for total, gram_id in sorted(totals):
            if postings and ids_read + total > MAX_POSTING_IDS:
                break
            ((ids,),) = self._rows("SELECT ids FROM posting WHERE gram = ?", (gram_id,))
            postings.append(array("I", ids))
            ids_read += total
        return _most_frequent(postings, MAX_COMPARED)

    def _hit(self, pair_id: int) -> IndexHit:
        (row,) = self._rows(
            "SELECT part, texts, document, place, issued, style, state, by, day, origin "
            "FROM pair JOIN unit ON unit.id = pair.unit WHERE pair.id = ?",
            (pair_id,),
        )
        part_number, texts, document, place, issued, *rest = row
        day = parse_value("date", issued) if issued else None
        unit = MemoryUnit(document, place, _from_json(texts), day if isinstance(day, Date) else None, *rest)
        return IndexHit(unit, part_number)

    def counts(self) -> Counter[tuple[str, str]]:
        """Return the number of units for each origin and state."""
        rows = self._rows("SELECT origin, state, count(*) FROM unit GROUP BY origin, state")
        return Counter({(origin, state): count for origin, state, count in rows})

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """Return the rows of a query.

        Raises:
            IpdocsError: the file is damaged or locked.
        """
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            message = f"the index of the memory cannot be read: {error}"
            hint = "delete this file; ipdocs builds it again when needed"
            raise IpdocsError([Finding("bad-index", message, Location(self._path), hint)]) from error
