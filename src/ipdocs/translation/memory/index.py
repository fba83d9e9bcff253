"""The index of a memory: a SQLite file that finds equal keys at once and similar texts within milliseconds.

Each language of each text has the hash of its key, and grams for the search by similarity: words of English, pairs of
Chinese characters. A gram's postings are the ids of the texts that have it, stored as a blob of 32-bit integers. A search
compares only texts that share the query's rarest grams.
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
from ipdocs.source.template_text import Content, RenderedFact
from ipdocs.translation.memory.unit import MemoryUnit
from ipdocs.values.notation import notation, parse_value
from ipdocs.values.types import Date

# Number of texts indexed before their postings are written out; it limits the memory used for building.
BATCH_SIZE = 50_000
# Limits of a search: ids of postings read, the rarest grams first, and texts compared.
MAX_POSTING_IDS = 50_000
MAX_COMPARED = 800
# Number of texts with one key that are tried: the latest.
MAX_WITH_KEY = 50
# Bytes of the file that are mapped into memory, so that reading makes no copies.
_MAPPED_BYTES = 4 * 1024**3
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
    """An entry of the index: a language code, the key, and the text for a search by similarity."""

    language: str
    key: str
    search_text: str


@dataclass(frozen=True, slots=True)
class IndexPart:
    """The texts of a unit (number 0) or of its nth sentence, and their entries in the index."""

    number: int
    texts: dict[str, Content]
    indexed_texts: tuple[IndexedText, ...]


@dataclass(frozen=True, slots=True)
class IndexHit:
    """A part of a unit, as a search returns it; part 0 is the whole unit."""

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
    """Write an index of units, in bounded memory; an earlier index is replaced only when the new one is complete."""
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
    entry_id = pair_id = batch = 0
    postings: dict[int, array[int]] = defaultdict(lambda: array("I"))
    rows: list[tuple[int, int, str, int, str]] = []
    for unit_id, (unit, parts) in enumerate(contents, 1):
        connection.execute("INSERT INTO unit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (unit_id, *_columns(unit)))
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
    """Merge the postings of all batches into one posting a gram."""
    reader = connection.execute("SELECT gram, ids FROM batch ORDER BY gram, batch")
    for gram, rows in groupby(reader, key=itemgetter(0)):
        _write_posting(connection, gram, b"".join(ids for _, ids in rows))
    connection.commit()
    connection.execute("DROP TABLE batch")


def _write_posting(connection: sqlite3.Connection, gram: int, ids: bytes) -> None:
    connection.execute("INSERT INTO posting VALUES (?, ?, ?)", (gram, len(ids) // 4, ids))


def _columns(unit: MemoryUnit) -> tuple[str, ...]:
    issued = notation(unit.issued) if unit.issued else ""
    return unit.document, unit.place, issued, unit.style, unit.state, unit.by, unit.on, unit.origin


def _to_json(texts: dict[str, Content]) -> str:
    plain = {
        code: [[part.expression, part.surface] if isinstance(part, RenderedFact) else part for part in text]
        for code, text in texts.items()
    }
    return json.dumps(plain, ensure_ascii=False)


def _from_json(text: str) -> dict[str, Content]:
    return {
        code: tuple(RenderedFact(*part) if isinstance(part, list) else part for part in parts)
        for code, parts in json.loads(text).items()
    }


def _most_frequent(postings: Sequence[array[int]], limit: int) -> list[int]:
    """Return up to `limit` ids: those that stand in most postings, then those of the first postings.

    The ids are sorted and compared with their neighbours by built-in functions, because almost every id stands alone.
    """
    ids = sorted(chain.from_iterable(postings))
    repeated = Counter(compress(ids, map(eq, ids, islice(ids, 1, None))))
    frequent = [id_ for id_, _ in repeated.most_common(limit)]
    single = (id_ for id_ in chain.from_iterable(postings) if id_ not in repeated)
    return [*frequent, *islice(single, limit - len(frequent))]


class Index:
    """An existing index, open for reading; `fingerprint` identifies the files that it was built from."""

    def __init__(self, path: Path) -> None:
        """Open an index.

        Raises:
            sqlite3.DatabaseError: the file is not an index.
        """
        self._path = path
        self._connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        self._connection.execute(f"PRAGMA mmap_size={_MAPPED_BYTES}")
        try:
            (self.fingerprint,) = self._connection.execute("SELECT text FROM about WHERE name = 'fingerprint'").fetchone()
        except sqlite3.DatabaseError:
            self._connection.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def with_key(self, language: str, key: str, search_text: str) -> list[IndexHit]:
        """Return the texts with a key in a language (its code): first those with the same search text, then the latest."""
        rows = self._rows(
            "SELECT pair FROM side WHERE key = ? AND language = ? ORDER BY search = ? DESC, id DESC LIMIT ?",
            (index_key(f"{language} {key}"), language, search_text, MAX_WITH_KEY),
        )
        return [self._hit(pair_id) for (pair_id,) in rows]

    def similar(self, language: str, search_text: str, min_percent: float, limit: int) -> list[tuple[float, IndexHit]]:
        """Return up to `limit` texts of a language that are at least so similar, the best first, with their percentages."""
        from rapidfuzz import fuzz, process

        candidates = sorted(self._candidates(language, search_text))
        marks = ",".join("?" * len(candidates))
        rows = self._rows(f"SELECT pair, search FROM side WHERE id IN ({marks})", candidates)  # noqa: S608
        texts = [text for _, text in rows]
        matches = process.extract(search_text, texts, scorer=fuzz.ratio, score_cutoff=min_percent, limit=limit)
        return [(percent, self._hit(rows[index][0])) for _, percent, index in matches]

    def containing(self, words: str, limit: int) -> list[IndexHit]:
        """Return up to `limit` texts that contain some words, in any language."""
        rows = self._rows("SELECT DISTINCT pair FROM side WHERE instr(lower(search), lower(?)) > 0 LIMIT ?", (words, limit))
        return [self._hit(pair_id) for (pair_id,) in rows]

    def _candidates(self, language: str, search_text: str) -> list[int]:
        """Return the ids of the texts that share most of the rarest grams with a query."""
        gram_ids = [_gram_id(language, gram) for gram in grams(search_text)]
        marks = ",".join("?" * len(gram_ids))
        totals = self._rows(f"SELECT total, gram FROM posting WHERE gram IN ({marks})", gram_ids)  # noqa: S608
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
        number, texts, document, place, issued, *rest = row
        day = parse_value("date", issued) if issued else None
        return IndexHit(MemoryUnit(document, place, _from_json(texts), day if isinstance(day, Date) else None, *rest), number)

    def counts(self) -> Counter[tuple[str, str]]:
        """Return the number of units by origin and state."""
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
            hint = "delete this file; it is built again when it is needed"
            raise IpdocsError([Finding("bad-index", message, Location(self._path), hint)]) from error
