"""Surnames that script conversion would change: 余 is a surname in 余署長, and short for 餘 elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ipdocs.translation.characters import HAN
from ipdocs.translation.tables import Row, merged
from ipdocs.workspace import Workspace

COLUMNS = ("kind", "from", "to", "unless", "strict", "note")
_BEFORE = "及和与、"  # what may stand before a name in running Chinese
_BEFORE_TOO = "由向请同以让给为是据对"  # … where the surname makes no word with it, as 于 does in 由于
_AFTER = "表示|说|指出|致辞|会见|出席|主持|及|和|与"


class Surnames:
    """Finds surnames by what stands beside them: a title, a given name and a title, or a post before the whole name.

    A strict surname, whose character is a common word too, counts only at the head of a clause or after another name.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        kinds = {kind: [row for row in rows if row["kind"] == kind] for kind in ("surname", "title", "post")}
        titles, posts = ("|".join(row["from"] for row in kinds[kind]) for kind in ("title", "post"))
        self._forms = {row["from"]: row["to"] for row in kinds["surname"]}
        self._first = re.compile(f"[{''.join(self._forms)}]") if self._forms else None
        self._pattern = re.compile("|".join(_pattern(row, titles, posts) for row in kinds["surname"]))

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield the start, end and right form of each surname in the text."""
        for first in self._first.finditer(text) if self._first else ():
            if match := self._pattern.match(text, first.start()):
                yield *match.span(), self._forms[match[0]]


def _pattern(row: Row, titles: str, posts: str) -> str:
    """Return the pattern of one surname. Its column unless has the characters that after it make a word, and no name."""
    name = row["from"] + (f"(?![{row['unless']}])" if row["unless"] else "")
    if row["strict"]:
        head = f"(?:(?<![{HAN}])|(?<=[{_BEFORE}]))"
        return f"{head}{name}(?=(?:[{HAN}]{{1,2}})?(?:{titles})|{posts})"
    head = f"(?:(?<![{HAN}])|(?<=[{_BEFORE}{_BEFORE_TOO}]))"
    behind = "|".join(f"(?<={post})" for post in posts.split("|"))
    return (
        f"{head}{name}(?=[{HAN}]{{0,3}}(?:{titles}|{posts}))|(?:{behind}){name}(?=[{HAN}]{{1,2}}(?:[^{HAN}]|$|{titles}|{_AFTER}))"
    )


@cache
def surnames(workspace: Workspace) -> Surnames:
    """Return the surnames of locales/zh-Hant-HK/surnames.csv, a workspace's own rows among them."""
    return Surnames(merged(workspace, "locales/zh-Hant-HK/surnames.csv", COLUMNS, lambda row: (row["kind"], row["from"])))
