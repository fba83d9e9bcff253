"""Surnames that script conversion would change: 余 is a surname in 余署長, and short for 餘 elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ipdocs.translation.characters import HAN
from ipdocs.translation.tables import Row, merged
from ipdocs.workspace import Workspace

COLUMNS = ("kind", "from", "to", "unless", "note")
_LEAD = "及和与與由向请請同以让讓给給为為是、"  # what may stand before a name in running Chinese


class Surnames:
    """Finds surnames by what stands beside them: a title, a given name and a title, or a post before the whole name."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._forms = {row["from"]: row["to"] for row in rows if row["kind"] == "surname"}
        posts = "|".join(row["from"] for row in rows if row["kind"] == "post")
        titles = "|".join(row["from"] for row in rows if row["kind"] == "title")
        self._pattern = re.compile(
            "|".join(_cases(row["from"], row["unless"], posts, titles) for row in rows if row["kind"] == "surname")
        )

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield the start, end and right form of each surname in the text."""
        if self._forms:
            for match in self._pattern.finditer(text):
                yield *match.span(), self._forms[match[0]]


def _cases(surname: str, unless: str, posts: str, titles: str) -> str:
    """Return the pattern of one surname. unless: characters that after it make a word, and no name."""
    name = f"{surname}(?![{unless}])" if unless else surname
    begins = f"(?:(?<![{HAN}])|(?<=[{_LEAD}])(?<!对于)(?<!由于))"
    return "|".join(
        [
            f"{begins}{name}(?={titles}|{posts})",
            f"{begins}{name}(?=[{HAN}]{{1,2}}(?:{titles}))",
            f"(?:{_behind(posts)}){name}(?=[{HAN}]{{1,2}}(?:[^{HAN}]|$|表示|说|指出|致辞|先生|女士|议员|博士|教授|及|和|与|会见|出席|主持))",
        ]
    )


def _behind(words: str) -> str:
    return "|".join(f"(?<={word})" for word in words.split("|"))


@cache
def surnames(workspace: Workspace) -> Surnames:
    """Return the surnames of locales/zh-Hant-HK/surnames.csv, a workspace's own rows among them."""
    return Surnames(merged(workspace, "locales/zh-Hant-HK/surnames.csv", COLUMNS, lambda row: (row["kind"], row["from"])))
