"""Surnames that script conversion would change, such as 余 in 余署長; elsewhere, 余 is the Simplified form of 餘."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from ipdocs.locale.tables import TableRow, merged_rows
from ipdocs.workspace import Workspace

COLUMNS = ("kind", "from", "to", "unless", "strict", "note")
HAN = "\u4e00-\u9fff"  # the main range only: names do not use the rarer ranges, and to search them would cost time
_REACH = 12  # the number of characters to examine on either side: enough for a given name and the longest post
_BEFORE = "及和与、"  # characters that can precede a name in running Chinese
_BEFORE_USUAL_SURNAME = "由向请同以让给为是据对"  # further such characters, but not before a strict surname: 由于 is a word
_AFTER = "表示|说|指出|致辞|会见|出席|主持|及|和|与"


class Surnames:
    """Finds surnames by their context: a title or post after the surname or full name, or a post before the full name.

    A strict surname is a character that is also a common word. A strict surname is recognised only at the start of a clause, or
    after a word that can join two names, such as 及.
    """

    def __init__(self, rows: Sequence[TableRow]) -> None:
        self._surnames = {row["from"]: row for row in rows if row["kind"] == "surname"}
        self._any_surname = re.compile(_any_of(self._surnames))
        titles, posts = (_any_of(row["from"] for row in rows if row["kind"] == kind) for kind in ("title", "post"))
        self._character_before = re.compile(f"(?:[{_BEFORE}{_BEFORE_USUAL_SURNAME}]|[^{HAN}])?")
        self._character_before_strict = re.compile(f"(?:[{_BEFORE}]|[^{HAN}])?")
        self._title_after = re.compile(f"[{HAN}]{{0,3}}(?:{titles}|{posts})")
        self._title_after_strict = re.compile(f"(?:[{HAN}]{{1,2}})?(?:{titles})|{posts}")
        self._post_before = re.compile(f"(?:{posts})$")
        self._given_name_after = re.compile(f"[{HAN}]{{1,2}}(?:[^{HAN}]|$|{titles}|{_AFTER})")

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield the start, end and converted form of each surname in the text."""
        for match in self._any_surname.finditer(text):
            row = self._surnames[match[0]]
            if self._is_name(row, text[max(match.start() - _REACH, 0) : match.start()], text[match.end() : match.end() + _REACH]):
                yield *match.span(), row["to"]

    def _is_name(self, row: TableRow, before: str, after: str) -> bool:
        """Whether the surname of a row is a name in its context.

        The column `unless` lists characters that form a common word with the surname if they follow the surname.
        """
        if after[:1] and after[0] in row["unless"]:
            return False
        if row["strict"]:
            return bool(self._character_before_strict.fullmatch(before[-1:]) and self._title_after_strict.match(after))
        if self._character_before.fullmatch(before[-1:]) and self._title_after.match(after):
            return True
        return bool(self._post_before.search(before) and self._given_name_after.match(after))


def _any_of(texts: Iterable[str]) -> str:
    """Return a pattern that matches any of the texts, longer ones first; without texts, it matches nothing."""
    return "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True) if text) or "(?!)"


@cache
def surnames(workspace: Workspace) -> Surnames:
    """Return the surnames in the shipped locales/zh-Hant-HK/surnames.csv and in the same file of a workspace."""
    return Surnames(merged_rows(workspace, "locales/zh-Hant-HK/surnames.csv", COLUMNS, lambda row: (row["kind"], row["from"])))
