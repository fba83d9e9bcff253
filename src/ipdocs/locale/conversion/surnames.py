"""Surnames that script conversion would change, such as 余 in 余署長; elsewhere, 余 is the Simplified form of 餘."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from ipdocs.locale.tables import TableRow, merged_rows
from ipdocs.workspace import Workspace

COLUMNS = ("kind", "from", "to", "unless", "strict", "note")
NAME_COLUMNS = ("kind", "text", "note")
HAN = "\u4e00-\u9fff"  # the main range only: names do not use the rarer ranges, and to search them would cost time
_REACH = 12  # the number of characters to examine on either side: enough for a given name and the longest post
_WORD_REACH = 3  # the same for the words and whole names of names.csv
_BEFORE = "及和与、"  # characters that can precede a name in running Chinese
_BEFORE_USUAL_SURNAME = "由向请同以让给为是据对"  # further such characters, but not before a strict surname: 由于 is a word


class Surnames:
    """Finds surnames by their context: a title or post after the surname or full name, or a post or person before the full name.

    The column `strict` of surnames.csv says what is enough. A surname whose character is also a common word is strict ("yes"):
    it is recognised at the start of a clause, after a word that can join two names, such as 及, after a post or a word for a
    person, such as 教练, and before a title. A surname of which common words are known (the kind `word` in names.csv) is "free":
    it is recognised after any character, if it is part of no such word. It is "bound" if its character has no other meaning
    outside those words: then it is a surname after any post or person, and with any name at the start of a clause.
    """

    def __init__(self, rows: Sequence[TableRow], names: Sequence[TableRow]) -> None:
        """Create a search.

        Args:
            rows: the rows of surnames.csv.
            names: the rows of names.csv.
        """
        self._surnames = {row["from"]: row for row in rows if row["kind"] == "surname"}
        self._any_surname = re.compile(_any_of(self._surnames))
        titles, posts = (_any_of(row["from"] for row in rows if row["kind"] == kind) for kind in ("title", "post"))
        texts = {
            kind: [row["text"] for row in names if row["kind"] == kind]
            for kind in ("person", "verb", "name", "word", "district", "preposition", "remainder", "action", "after", "predicate")
        }
        given, place, not_given, lane_name, not_lane = (
            re.escape("".join(row["text"] for row in names if row["kind"] == kind))
            for kind in ("given", "place", "not-given", "lane", "not-lane")
        )
        two_unusual = f"[{HAN}]{{2}}(?<![{not_given}])(?<![{not_given}].)"
        self._words = {surname: _around(surname, texts["word"]) for surname in self._surnames}
        self._whole_names = {surname: _around(surname, texts["name"]) for surname in self._surnames}
        districts = _any_of(texts["district"])
        lane = f"[^\\W{not_lane}A-Za-z0-9_]"
        self._named_lane = re.compile(
            f"(?<=[{lane_name}]{{2}})里(?![程数路面头外边])|(?<={lane}{{2}})里(?=[0-9一二三四五六七八九十]+(?:号|至))"
        )
        self._lane_after_district = re.compile(f"(?:{districts})(?:区|新填地|市中心)?{lane}{{2,3}}(?<![公花校乐家果菜庄稚游]园)$")
        self._character_before = re.compile(f"(?:[{_BEFORE}{_BEFORE_USUAL_SURNAME}]|[^{HAN}])?")
        self._character_before_strict = re.compile(f"(?:[{_BEFORE}]|[^{HAN}])?")
        self._title_after = re.compile(f"[{HAN}]{{0,3}}(?:{titles}|{posts})")
        people = _any_of(text for text in texts["person"] if len(text) > 1)
        self._prepositions = tuple(texts["preposition"])
        actions, after, predicates = (_any_of(texts[kind]) for kind in ("action", "after", "predicate"))
        self._actor_after = re.compile(f"(?:[{given}]{{2}}|[{HAN}]{{0,2}}(?:{titles}))(?:{actions})")
        self._before_actors = tuple("由员长师家手者人士官理任监裁授主友生")
        self._remainders = tuple(texts["remainder"])
        self._polite_title_after = re.compile(titles)
        self._post_after = re.compile(f"(?:{posts})(?![会室办处席]|[^，。；、：]{{0,10}}[前后时内中间下])")
        self._given_name_and_title_after = re.compile(f"(?:[{given}]{{2}}|{two_unusual})(?:{titles})(?![法学级课英中])")
        self._name_and_title_after = re.compile(f"[{HAN}]{{2}}(?:{titles}|{posts})")
        self._two_given_names_after = re.compile(f"[{given}]{{2}}(?:[^{HAN}]|$|{after})")
        self._any_two_characters_after = re.compile(f"{two_unusual}(?:{predicates})")
        self._given_name_and_verb_after = re.compile(f"[{given}](?:{predicates})")
        self._any_name_after = re.compile(f"[{HAN}]{{1,2}}(?:[^{HAN}]|$|{after})")
        self._own_title_after = re.compile(f"(?:[{given}]{{1,2}})?(?:{titles}|{posts})")
        self._person_after = re.compile(f"(?:[{given}]{{1,2}})?(?:{people})")
        self._title_after_strict = re.compile(f"(?:[{HAN}]{{1,2}})?(?:{titles})|{posts}")
        self._posts_before = tuple(row["from"] for row in rows if row["kind"] == "post")
        self._persons_before = (*(row["from"] for row in rows if row["kind"] == "post"), *texts["person"])
        self._verbs_before = tuple(texts["verb"])
        self._given_name_after = re.compile(f"[{HAN}]{{1,2}}(?:[^{HAN}]|$|{titles}|{people}|{after})")
        self._usual_given_name_after = re.compile(f"[{given}]{{2}}(?![{place}])")
        self._two_characters_after = re.compile(f"{two_unusual}(?![{place}])")
        self._short_title_after = re.compile(f"(?:伯伯|婆婆|伯|太|叔|姨|婶)(?:[^{HAN}]|$|{after})")
        self._end_of_given_name = re.compile(f"[{given}]{{1,2}}(?:[^{HAN}]|$|{titles}|{posts}|{after})")

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield the start, end and converted form of each surname in the text, and of 里 in the name of a lane."""
        if "里" in text:
            yield from ((index, index + 1, "里") for index in self._lanes(text))
        for match in self._any_surname.finditer(text):
            row = self._surnames[match[0]]
            before, after = text[max(match.start() - _REACH, 0) : match.start()], text[match.end() : match.end() + _REACH]
            if self._is_name(row, before, after):
                yield *match.span(), row["to"]

    def _lanes(self, text: str) -> Iterator[int]:
        """Yield the offset of each 里 that ends the name of a lane."""
        for match in re.finditer("里(?![程数路面头外])", text):
            start = match.start()
            if self._named_lane.match(text, start) or self._lane_after_district.search(text[max(start - _REACH, 0) : start]):
                yield start

    def _is_name(self, row: TableRow, before: str, after: str) -> bool:
        """Whether the surname of a row is a name in its context.

        The column `unless` lists characters that form a common word with the surname if they follow the surname.
        """
        surname = row["from"]
        if _has_around(self._whole_names[surname], before, after):
            return True
        if before[-1:].isdigit():  # 20余户
            return False
        if (
            row["strict"] == "bound" and self._own_title_after.match(after) and not (before + surname).endswith(self._remainders)
        ):  # 社工余小姐, although 工余 is a word
            return True
        if (after[:1] and after[0] in row["unless"]) or _has_around(self._words[surname], before, after):
            return False
        if row["strict"] == "yes":
            return self._is_strict_name(surname, before, after)
        free = row["strict"] in ("free", "bound")
        patterns = (self._own_title_after, self._person_after, self._usual_given_name_after, self._name_and_title_after)
        if free and any(pattern.match(after) for pattern in patterns):
            return True
        if free and before.endswith(self._verbs_before) and self._given_name_after.match(after):
            return True
        if row["strict"] == "bound" and (
            before.endswith(self._persons_before)
            or (self._character_before.fullmatch(before[-1:]) and self._any_name_after.match(after))
        ):
            return True
        if self._character_before.fullmatch(before[-1:]) and (
            self._title_after.match(after) or (free and self._given_name_and_verb_after.match(after))
        ):
            return True
        if before.endswith(self._persons_before) and self._usual_given_name_after.match(after):
            return True
        if free and before.endswith(self._persons_before) and self._two_characters_after.match(after):
            return True
        persons = self._persons_before if free else self._posts_before
        return bool(before.endswith(persons) and self._given_name_after.match(after))

    def _is_strict_name(self, surname: str, before: str, after: str) -> bool:
        """Whether a surname whose character is also a common word is a name in its context."""
        starts_clause = self._character_before_strict.fullmatch(before[-1:])
        if starts_clause and self._title_after_strict.match(after):
            return True
        if before.endswith(self._before_actors) and self._actor_after.match(after):
            return True  # 由于志明主礼
        if self._polite_title_after.match(after) and (
            before.endswith(self._verbs_before) or not (before + surname).endswith(self._prepositions)
        ):
            return True
        if (
            before[-1:]
            and before[-1] in _BEFORE_USUAL_SURNAME
            and self._post_after.match(after)
            and not (before + surname).endswith(self._prepositions)
        ):
            return True
        if self._given_name_and_title_after.match(after) and not (before + surname).endswith(self._prepositions):
            return True
        if before.endswith(self._persons_before) and self._any_two_characters_after.match(after):
            return True
        if before.endswith(self._verbs_before) and (
            self._own_title_after.match(after) or self._two_given_names_after.match(after)
        ):
            return True
        return bool(
            (
                before.endswith(self._persons_before)
                and any(
                    pattern.match(after)
                    for pattern in (self._usual_given_name_after, self._own_title_after, self._short_title_after)
                )
            )
            or (starts_clause and self._end_of_given_name.match(after))
        )


def _around(surname: str, texts: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Return what stands before and after a surname in each text that has it."""
    return frozenset(
        (text[:index], text[index + 1 :])
        for text in texts
        if surname in text
        for index in range(len(text))
        if text[index] == surname
    )


def _has_around(parts: frozenset[tuple[str, str]], before: str, after: str) -> bool:
    """Whether some of the parts stand directly before and after a surname."""
    lefts = [before[len(before) - length :] for length in range(min(len(before), _WORD_REACH) + 1)]
    rights = [after[:length] for length in range(min(len(after), _WORD_REACH) + 1)]
    return any((left, right) in parts for left in lefts for right in rights)


def _any_of(texts: Iterable[str]) -> str:
    """Return a pattern that matches any of the texts, longer ones first; without texts, it matches nothing."""
    return "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True) if text) or "(?!)"


@cache
def surnames(workspace: Workspace) -> Surnames:
    """Return the surnames and names in the shipped files in locales/zh-Hant-HK/ and in the same files of a workspace."""
    return Surnames(
        merged_rows(workspace, "locales/zh-Hant-HK/surnames.csv", COLUMNS, lambda row: (row["kind"], row["from"])),
        merged_rows(workspace, "locales/zh-Hant-HK/names.csv", NAME_COLUMNS, lambda row: (row["kind"], row["text"])),
    )
