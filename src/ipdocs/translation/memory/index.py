"""The index of a memory: a SQLite file in which equal keys are found at once and similar texts within milliseconds.

Each language of each text has a key (its hash) and the words by which similar texts are found, in Chinese pairs of
characters. A word's postings are the ids of the texts that have it, as a blob of 32-bit numbers. Similar texts are looked
for among those that share the query's rarest words.
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
from itertools import chain, compress, islice
from operator import eq
from pathlib import Path
from typing import Any

from ipdocs.files.temporary import remove, sweep, temporary_file
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.locale.folding import number_of
from ipdocs.source.template_text import Content, RenderedFact
from ipdocs.translation.memory.unit import MemoryUnit
from ipdocs.values.notation import notation, parse_value
from ipdocs.values.types import Date

# Texts taken in before their postings are written out: what bounds the memory that building takes.
BATCH = 50_000
# How many ids of postings a look-up reads, the rarest words first, and how many texts it then compares.
MOST_IDS = 50_000
MOST_COMPARED = 800
# Texts with one key that are tried: the latest of them.
MOST_EQUAL = 50
# As much of the file as is read through the system's own memory, without copies.
_MAPPED = 4 * 1024**3
_WORD = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*")
_PAIR = re.compile(r"(?=([㐀-鿿]{2}))")
_SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, text TEXT);
CREATE TABLE unit (id INTEGER PRIMARY KEY, document TEXT, place TEXT, issued TEXT, style TEXT, state TEXT, by TEXT, day TEXT,
                   origin TEXT);
CREATE TABLE pair (id INTEGER PRIMARY KEY, unit INTEGER, part INTEGER, texts TEXT);
CREATE TABLE side (id INTEGER PRIMARY KEY, pair INTEGER, language TEXT, key INTEGER, search TEXT);
CREATE TABLE batch (gram INTEGER, batch INTEGER, ids BLOB);
CREATE TABLE posting (gram INTEGER PRIMARY KEY, total INTEGER, ids BLOB);
"""


@dataclass(frozen=True, slots=True)
class IndexedText:
    """One text of a unit as it is indexed: the language's short name, its key, and what similar texts find it by."""

    language: str
    key: str
    search_text: str


@dataclass(frozen=True, slots=True)
class IndexPart:
    """A unit's texts, whole (number 0) or its nth sentence, and each of them as it is indexed."""

    number: int
    texts: dict[str, Content]
    indexed_texts: tuple[IndexedText, ...]


@dataclass(frozen=True, slots=True)
class IndexHit:
    """A part of a unit that the index has found."""

    unit: MemoryUnit
    part_number: int


def grams(search: str) -> list[str]:
    """Return what a text is found by: its words, its Chinese in pairs of characters."""
    text = search.lower()
    return list(dict.fromkeys([*_WORD.findall(text), *_PAIR.findall(text)]))


@lru_cache(maxsize=50_000)
def _gram(language: str, gram: str) -> int:
    return number_of(f"{language} {gram}")


def build_index(path: Path, contents: Iterable[tuple[MemoryUnit, Sequence[IndexPart]]], fingerprint: str) -> None:
    """Write an index of units, in bounded memory, and put it in the place of an earlier one when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    sweep(path.parent)
    draft = temporary_file(path.parent)
    try:
        with closing(sqlite3.connect(draft)) as connection:
            connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE; {_SCHEMA}")
            _fill(connection, contents)
            _merge(connection)
            connection.execute("INSERT INTO about VALUES ('fingerprint', ?)", (fingerprint,))
            connection.commit()
        draft.replace(path)
    finally:
        remove(draft)


def _fill(connection: sqlite3.Connection, contents: Iterable[tuple[MemoryUnit, Sequence[IndexPart]]]) -> None:
    side = pair = batch = 0
    postings: dict[int, array[int]] = defaultdict(lambda: array("I"))
    rows: list[tuple[int, int, str, int, str]] = []
    for number, (unit, parts) in enumerate(contents, 1):
        connection.execute("INSERT INTO unit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, *_columns(unit)))
        for part in parts:
            pair += 1
            connection.execute("INSERT INTO pair VALUES (?, ?, ?, ?)", (pair, number, part.number, _packed(part.texts)))
            for keyed in part.indexed_texts:
                side += 1
                rows.append((side, pair, keyed.language, number_of(f"{keyed.language} {keyed.key}"), keyed.search_text))
                for gram in grams(keyed.search_text):
                    postings[_gram(keyed.language, gram)].append(side)
        if len(rows) >= BATCH:
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
    """Make one posting a word out of those of all batches."""
    reader = connection.execute("SELECT gram, ids FROM batch ORDER BY gram, batch")
    gram, parts = None, []
    for found, ids in reader:
        if found != gram and gram is not None:
            _write_posting(connection, gram, parts)
            parts = []
        gram = found
        parts.append(ids)
    if gram is not None:
        _write_posting(connection, gram, parts)
    connection.commit()
    connection.execute("DROP TABLE batch")


def _write_posting(connection: sqlite3.Connection, gram: int, parts: list[bytes]) -> None:
    ids = b"".join(parts)
    connection.execute("INSERT INTO posting VALUES (?, ?, ?)", (gram, len(ids) // 4, ids))


def _columns(unit: MemoryUnit) -> tuple[str, ...]:
    issued = notation(unit.issued) if unit.issued else ""
    return unit.document, unit.place, issued, unit.style, unit.state, unit.by, unit.on, unit.origin


def _packed(texts: dict[str, Content]) -> str:
    plain = {
        short: [[part.expression, part.surface] if isinstance(part, RenderedFact) else part for part in text]
        for short, text in texts.items()
    }
    return json.dumps(plain, ensure_ascii=False)


def _unpacked(text: str) -> dict[str, Content]:
    return {
        short: tuple(RenderedFact(*part) if isinstance(part, list) else part for part in parts)
        for short, parts in json.loads(text).items()
    }


def _most_frequent(postings: Sequence[array[int]], most: int) -> list[int]:
    """Return at most so many of the ids that stand in several postings, those in most of them first; then those of the first.

    The ids are sorted and compared with their neighbours: nearly every one stands alone, and none of that is done in Python.
    """
    ids = sorted(chain.from_iterable(postings))
    repeated = Counter(compress(ids, map(eq, ids, islice(ids, 1, None))))
    several = [one for one, _ in repeated.most_common(most)]
    return [*several, *islice((one for one in chain.from_iterable(postings) if one not in repeated), most - len(several))]


class Index:
    """An index that has been built, open for reading; fingerprint tells what it was made from."""

    def __init__(self, path: Path) -> None:
        """Open an index; what is none raises sqlite3.DatabaseError."""
        self._path = path
        self._connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        self._connection.execute(f"PRAGMA mmap_size={_MAPPED}")
        try:
            (self.fingerprint,) = self._connection.execute("SELECT text FROM about WHERE name = 'fingerprint'").fetchone()
        except sqlite3.DatabaseError:
            self._connection.close()
            raise

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def with_key(self, language: str, key: str, search: str) -> list[IndexHit]:
        """Return what has a key in a language (by short name): first what names the same things, then the latest."""
        pairs = self._rows(
            "SELECT pair FROM side WHERE key = ? AND language = ? ORDER BY search = ? DESC, id DESC LIMIT ?",
            (number_of(f"{language} {key}"), language, search, MOST_EQUAL),
        )
        return [self._found(pair) for (pair,) in pairs]

    def similar(self, language: str, search: str, min_percent: float, most: int) -> list[tuple[float, IndexHit]]:
        """Return at most so many of what is similar in a language, the best first, each with its percentage from the least on."""
        from rapidfuzz import fuzz, process

        likely = sorted(self._likely(language, search))
        marks = ",".join("?" * len(likely))
        rows = self._rows(f"SELECT pair, search FROM side WHERE id IN ({marks})", likely)  # noqa: S608
        best = process.extract(search, [text for _, text in rows], scorer=fuzz.ratio, score_cutoff=min_percent, limit=most)
        return [(score, self._found(rows[index][0])) for _, score, index in best]

    def containing(self, words: str, most: int) -> list[IndexHit]:
        """Return at most so many of what contains some words, in any language."""
        pairs = self._rows("SELECT DISTINCT pair FROM side WHERE instr(lower(search), lower(?)) > 0 LIMIT ?", (words, most))
        return [self._found(pair) for (pair,) in pairs]

    def _likely(self, language: str, search: str) -> list[int]:
        """Return the texts that share most of the rarest words with a query."""
        wanted = [_gram(language, gram) for gram in grams(search)]
        marks = ",".join("?" * len(wanted))
        totals = self._rows(f"SELECT total, gram FROM posting WHERE gram IN ({marks})", wanted)  # noqa: S608
        postings: list[array[int]] = []
        read = 0
        for total, gram in sorted(totals):
            if postings and read + total > MOST_IDS:
                break
            ((ids,),) = self._rows("SELECT ids FROM posting WHERE gram = ?", (gram,))
            postings.append(array("I", ids))
            read += total
        return _most_frequent(postings, MOST_COMPARED)

    def _found(self, pair: int) -> IndexHit:
        (row,) = self._rows(
            "SELECT part, texts, document, place, issued, style, state, by, day, origin "
            "FROM pair JOIN unit ON unit.id = pair.unit WHERE pair.id = ?",
            (pair,),
        )
        number, texts, document, place, issued, *rest = row
        day = parse_value("date", issued) if issued else None
        return IndexHit(MemoryUnit(document, place, _unpacked(texts), day if isinstance(day, Date) else None, *rest), number)

    def counts(self) -> Counter[tuple[str, str]]:
        """Return how many units there are by origin and state."""
        rows = self._rows("SELECT origin, state, count(*) FROM unit GROUP BY origin, state")
        return Counter({(origin, state): count for origin, state, count in rows})

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """Return the rows of a query; a file that is damaged or locked is a finding."""
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            message = f"the index of the memory cannot be read: {error}"
            hint = "delete this file; it is made anew when it is needed"
            raise IpdocsError([Finding("bad-index", message, Location(self._path), hint)]) from error
