"""Names, titles and terms that a public version withholds, although its open texts contain them."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.passage import ADDRESS, Passage
from ipdocs.checks.violation import Highlight, Violation, shorten, whole_passage
from ipdocs.locale.conversion.characters import HAN
from ipdocs.locale.conversion.converter import converter
from ipdocs.model.text import Text
from ipdocs.source.disclosure import Restrictions, is_open, restrictions
from ipdocs.source.texts import Keys, TextPlace, iter_texts

CODE = "withheld-words"

_MALE, _FEMALE = ("Mr", "Sir"), ("Mrs", "Ms", "Miss", "Madam", "Dame")
_NEUTRAL = ("Dr", "Prof", "Professor", "Ir", "Sr", "Hon", "Justice", "Judge", "Mx")
_TITLES = re.compile(rf"^(?:(?:The\s+)?(?:{'|'.join((*_MALE, *_FEMALE, *_NEUTRAL))})\b\.?\s+)+", re.IGNORECASE)
_HONOURS = re.compile(r"\s*[,，、].*$")  # after a name: JP, GBS, 太平紳士
_CHINESE_MALE, _CHINESE_FEMALE = ("先生",), ("女士", "小姐", "太太", "夫人")
_CHINESE_NEUTRAL = ("博士", "教授", "議員", "委員", "主席", "醫生", "律師", "工程師", "測量師", "法官", "太平紳士")
_CHINESE_TITLES = re.compile(f"(?:{'|'.join((*_CHINESE_MALE, *_CHINESE_FEMALE, *_CHINESE_NEUTRAL))})+$")
_TWO_CHARACTER_SURNAMES = {"歐陽", "司徒", "上官", "司馬", "諸葛", "夏侯", "皇甫", "尉遲", "公孫", "令狐", "端木", "張簡"}
_YEAR = re.compile(r"(?:19|20)\d\d")

Pattern = tuple[str, re.RegexFlag]
"""A regular expression and its flags."""


@dataclass(frozen=True, slots=True, eq=False)
class _Secret:
    """A withheld text in one language.

    Attributes:
        description: the description for messages, such as "this name".
        patterns: the patterns that find the text in other texts.
    """

    description: str
    patterns: tuple[Pattern, ...]
    passage: Passage


def withheld_words(document: CheckedDocument) -> Iterator[Violation]:
    """Find withheld names (in their usual forms), titles, terms and access codes in open texts."""
    restricted_keys = restrictions(document.source.document)
    if not restricted_keys or () in restricted_keys:
        return
    places = list(iter_texts(document.source.document))
    withheld_places = [place for place in places if not is_open(place.keys, restricted_keys)]
    open_places = [place for place in places if is_open(place.keys, restricted_keys) and place.keys[0] != "facts"]
    secrets = [secret for place in withheld_places for secret in _secrets(place, document, open_places)]
    for place in open_places:
        for passage in document.unit(place.texts).complete_passages.values():
            yield from _check_passage(passage, secrets)
    for passage in _open_numbers(document, restricted_keys) if secrets else ():
        yield from _check_passage(passage, secrets)


def _open_numbers(document: CheckedDocument, restricted_keys: Restrictions) -> Iterator[Passage]:
    """Yield the open paper numbers and references, which are the same in every language."""
    value_context = document.passages[0].value_context
    papers = getattr(document.source.document, "papers", ())
    fields: list[tuple[Keys, Any]] = [(("papers", index, "number"), paper.number) for index, paper in enumerate(papers)]
    fields += [((name,), getattr(document.source.document, name, None)) for name in ("paper", "reference")]
    for keys, text in fields:
        if isinstance(text, Text) and is_open(keys, restricted_keys):
            offsets = array("L", range(len(text)))
            yield Passage(str(keys[-1]), value_context, text, document.workspace, plain=str(text), offsets=offsets)


def _check_passage(passage: Passage, secrets: list[_Secret]) -> Iterator[Violation]:
    """Yield a violation for the first occurrence of each secret in a passage.

    If occurrences overlap, only the first is reported, or the longer if both begin at the same offset. Addresses are also
    searched with spaces in place of punctuation.
    """
    matches = [
        (match.start(), -match.end(), index)  # the end is negative, so that the longer match is sorted first
        for index, secret in enumerate(secrets)
        for pattern, flags in secret.patterns
        if (match := re.search(pattern, passage.plain, flags))
    ]
    reported_end = -1
    reported_indices: set[int] = set()
    for start, negative_end, index in sorted(matches):
        if start < reported_end or index in reported_indices:
            continue
        reported_end, secret = -negative_end, secrets[index]
        reported_indices.add(index)
        yield _violation(secret, Highlight(passage, start, reported_end), passage.plain[start:reported_end], "an open text")
    for span in (*passage.links, *passage.addresses):
        address = unquote(span.name)
        address_words = " ".join(re.sub(r"[\W_]", " ", address).split())
        for index, secret in enumerate(secrets):
            matches_in_address = (
                re.search(pattern, text, flags) for pattern, flags in secret.patterns for text in (address, address_words)
            )
            if index not in reported_indices and (match := next(filter(None, matches_in_address), None)):
                reported_indices.add(index)
                yield _violation(secret, Highlight(passage, span.start, span.end), match[0], "an address in an open text")


def _violation(secret: _Secret, highlight: Highlight, words: str, container: str) -> Violation:
    location = secret.passage.locate(0, len(secret.passage.plain))
    explanation = f"the public version withholds {secret.description}{f' ({location})' if location else ''}"
    hint = f'delete these words, restrict this text, or write `allow: {{{CODE}: "the reason"}}`'
    message = f"{container} contains “{shorten(words)}”, but {explanation}"
    return Violation(message, (highlight, whole_passage(secret.passage)), hint)


def _secrets(place: TextPlace, document: CheckedDocument, open_places: list[TextPlace]) -> Iterator[_Secret]:
    """Yield a secret for each language of a withheld text, if its words are distinctive."""
    description = _description(place)
    for code, passage in document.unit(place.texts).complete_passages.items():
        words = " ".join(passage.plain.split())
        if description == "this name":
            listed_passages = [document.unit(other.texts).complete_passages for other in open_places if _is_name(other)]
            patterns = list(_name_patterns(words, [passages[code].plain for passages in listed_passages if code in passages]))
        elif place.keys == ("meeting", "online"):
            patterns = [_phrase_pattern(part) for part in _access_codes(words)]
        elif description:
            patterns = [_phrase_pattern(words)] if description == "this term" or _is_distinctive(words) else []
        else:
            patterns = []
        if patterns:
            yield _Secret(description, (*patterns, *_converted_patterns(patterns, code, document)), passage)


def _is_name(place: TextPlace) -> bool:
    return place.keys[0] == "attendance" and place.keys[-1] == "name"


def _description(place: TextPlace) -> str:
    """Return the description of a withheld text for messages; empty if open texts may contain the same words."""
    match place.keys:
        case ("attendance", *_, "name") | ("facts", _, "person", "name" | "short"):
            return "this name"
        case ("meeting", "online"):
            return "how to join the meeting"
        case ("annexes", _, "title"):
            return "the title of this annex"
        case ("papers", _, "title"):
            return "the title of this paper"
        case ("body", _, "item", "heading"):
            return "the heading of this item"
        case ("body", _, "definitions", _, "term"):
            return "this term"
    return "this text" if place.texts.restricted else ""


def _is_distinctive(words: str) -> bool:
    """Whether a text is so long, or has so long a number, that it cannot be in another text by chance."""
    is_long = len(re.findall(f"[{HAN}]", words)) >= 4 or (len(words) >= 8 and len(words.split()) >= 2)
    return is_long or re.search(r"\d{5}", words) is not None


def _phrase_pattern(words: str) -> Pattern:
    """Return a pattern that finds words regardless of white space and capitals."""
    edges = (r"(?<!\w)" if words[0].isascii() else "", r"(?!\w)" if words[-1].isascii() else "")
    return edges[0] + r"\s+".join(map(re.escape, words.split())) + edges[1], re.IGNORECASE


def _access_codes(words: str) -> Iterator[str]:
    """Yield the addresses, numbers and passwords that give access to a meeting; years are left out."""
    yield from (match[0].rstrip(".,;:") for match in ADDRESS.finditer(words))
    rest = ADDRESS.sub(" ", words)
    for match in re.finditer(r"(?<![\w.:])(?:\d+(?:[ -]\d+)+|(?=\w*\d)[A-Za-z0-9]{4,})(?![\w:])", rest):
        if not _YEAR.fullmatch(match[0]):
            yield match[0]


def _name_patterns(name: str, other_names: list[str]) -> Iterator[Pattern]:
    """Yield patterns for the forms of a name; a form that could mean a person in `other_names` is left out."""
    return _chinese_name_patterns(name, other_names) if re.search(f"[{HAN}]", name) else _latin_name_patterns(name, other_names)


def _chinese_name_patterns(name: str, other_names: list[str]) -> Iterator[Pattern]:
    """Yield patterns for the full name, and for the surname with each possible title."""
    untitled_name, surname, titles = _chinese_parts(name)
    if len(untitled_name) >= 2:
        yield re.escape(untitled_name), re.NOFLAG
    namesakes = [parts for parts in map(_chinese_parts, other_names) if parts[1] == surname]
    if surname and (distinguishing_titles := _distinguishing_titles(titles, namesakes)):
        yield f"{re.escape(surname)}(?:{distinguishing_titles})", re.NOFLAG


def _chinese_parts(name: str) -> tuple[str, str, tuple[str, ...]]:
    """Return a Chinese name without titles, its surname, and the possible titles of the person."""
    full_name = _HONOURS.sub("", name).replace(" ", "")
    title = _CHINESE_TITLES.search(full_name)
    untitled_name = full_name[: title.start()] if title else full_name
    surname = untitled_name[:2] if untitled_name[:2] in _TWO_CHARACTER_SURNAMES else untitled_name[:1]
    return untitled_name, surname, _possible_titles(title[0] if title else "", _CHINESE_MALE, _CHINESE_FEMALE, _CHINESE_NEUTRAL)


def _possible_titles(title: str, male: tuple[str, ...], female: tuple[str, ...], neutral: tuple[str, ...]) -> tuple[str, ...]:
    """Return the possible titles of a person; a title that states the sex rules out the titles of the other sex."""
    words = re.findall(r"\w+", title.casefold())
    is_male, is_female = (any(known.casefold() in words for known in known_titles) for known_titles in (male, female))
    return (*(() if is_female else male), *(() if is_male else female), *neutral)


def _distinguishing_titles(titles: tuple[str, ...], namesakes: list[tuple[Any, str, tuple[str, ...]]]) -> str:
    """Return a pattern for the titles that distinguish a person from others with the same surname, or an empty string."""
    return "|".join(title for title in titles if not any(title in namesake[2] for namesake in namesakes))


def _latin_name_patterns(name: str, other_names: list[str]) -> Iterator[Pattern]:
    """Yield patterns for the forms of a Latin name.

    The forms are: all given names, or one of them, with the surname, in either order; the surname after a title or in
    capitals; and a hyphenated given name, such as Siu-mei, alone.
    """
    given_names, surname, titles = _latin_parts(name)
    if not given_names and len(surname) >= 4:
        yield _words_pattern(surname), re.NOFLAG
    if not surname:
        return
    for part in dict.fromkeys((" ".join(given_names), *given_names)) if given_names else ():
        yield _words_pattern(surname, part), re.IGNORECASE
        yield _words_pattern(part, surname), re.IGNORECASE
    if len(given_names) > 1:
        yield _words_pattern(given_names[0], surname, *given_names[1:]), re.IGNORECASE
    yield from ((_words_pattern(part), re.IGNORECASE) for part in given_names if "-" in part)
    namesakes = [parts for parts in map(_latin_parts, other_names) if parts[1].casefold() == surname.casefold()]
    no_given_name = r"(?!\s+[A-Z][a-z]+-[a-z])"
    if distinguishing_titles := _distinguishing_titles(titles, namesakes):
        yield rf"(?<!\w)(?i:{distinguishing_titles})\.?\s+(?i:{re.escape(surname)})(?!\w){no_given_name}", re.NOFLAG
    if surname.isupper() and len(surname) > 1 and not namesakes:
        not_after_other_title = "".join(f"(?<!{title} )" for title in (*_MALE, *_FEMALE, *_NEUTRAL) if title not in titles)
        yield rf"{not_after_other_title}(?<!\w){re.escape(surname)}(?!\w){no_given_name}", re.NOFLAG


def _latin_parts(name: str) -> tuple[list[str], str, tuple[str, ...]]:
    """Return the given names, the surname and the possible titles of a person.

    The surname is the part in capitals; failing that, the part before a hyphenated given name; failing that, the last part.
    """
    title = _TITLES.match(name)
    names = _HONOURS.sub("", name[title.end() :] if title else name).split()
    capitals = [part for part in names if part.isupper() and len(part) > 1]
    surname = capitals or ([names[0]] if any("-" in part for part in names[1:]) else names[-1:])
    given_names = [part for part in names if part not in surname]
    return given_names, " ".join(surname), _possible_titles(title[0] if title else "", _MALE, _FEMALE, _NEUTRAL)


def _words_pattern(*parts: str) -> str:
    """Return a pattern for the parts of a name; hyphens, spaces or nothing may separate the syllables."""
    joined = r"\s+".join(r"[\s-]?".join(map(re.escape, word.split("-"))) for part in parts for word in part.split())
    return rf"(?<!\w){joined}(?!\w)"


def _converted_patterns(patterns: list[Pattern], code: str, document: CheckedDocument) -> Iterator[Pattern]:
    """Yield Chinese patterns in the other script, if the document contains a text in that script."""
    languages = {passage.language.code: passage.language for passage in document.passages}
    for language in languages.values():
        if language.converted_from == code:
            convert = converter(code, language.code, document.workspace).convert
            yield from ((convert(pattern), flags) for pattern, flags in patterns)
