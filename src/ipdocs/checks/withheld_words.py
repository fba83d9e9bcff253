"""Names, titles and terms that a public version withholds, and that stand in its open texts."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.passage import ADDRESS, Passage
from ipdocs.checks.violation import Highlight, Violation, shortened
from ipdocs.locale.conversion.characters import HAN
from ipdocs.locale.conversion.converter import converter
from ipdocs.model.text import Text
from ipdocs.source.disclosure import Restrictions, is_open, restrictions
from ipdocs.source.texts import Keys, TextPlace, texts

CODE = "withheld-words"

_MALE, _FEMALE = ("Mr", "Sir"), ("Mrs", "Ms", "Miss", "Madam", "Dame")
_EITHER = ("Dr", "Prof", "Professor", "Ir", "Sr", "Hon", "Justice", "Judge", "Mx")
_TITLES = re.compile(rf"^(?:(?:The\s+)?(?:{'|'.join((*_MALE, *_FEMALE, *_EITHER))})\b\.?\s+)+", re.IGNORECASE)
_HONOURS = re.compile(r"\s*[,，、].*$")  # behind a name: JP, GBS, 太平紳士
_CHINESE_MALE, _CHINESE_FEMALE = ("先生",), ("女士", "小姐", "太太", "夫人")
_CHINESE_EITHER = ("博士", "教授", "議員", "委員", "主席", "醫生", "律師", "工程師", "測量師", "法官", "太平紳士")
_CHINESE_TITLES = re.compile(f"(?:{'|'.join((*_CHINESE_MALE, *_CHINESE_FEMALE, *_CHINESE_EITHER))})+$")
_TWO_CHARACTER_SURNAMES = {"歐陽", "司徒", "上官", "司馬", "諸葛", "夏侯", "皇甫", "尉遲", "公孫", "令狐", "端木", "張簡"}
_YEAR = re.compile(r"(?:19|20)\d\d")

Pattern = tuple[str, re.RegexFlag]


@dataclass(frozen=True, slots=True, eq=False)
class _Secret:
    """Words that are withheld: what they are, the patterns of the forms they may have, and where they stand."""

    what: str
    patterns: tuple[Pattern, ...]
    passage: Passage


def withheld_words(document: CheckedDocument) -> Iterator[Violation]:
    """Find what is withheld from the public in texts that are open: names in their usual forms, titles, terms, access codes."""
    restricted = restrictions(document.source.document)
    if not restricted or () in restricted:
        return
    places = list(texts(document.source.document))
    withheld = [place for place in places if not is_open(place.keys, restricted)]
    shown = [place for place in places if is_open(place.keys, restricted) and place.keys[0] != "facts"]
    secrets = [secret for place in withheld for secret in _secrets(place, document, shown)]
    for place in shown:
        for passage in document.unit(place.texts).passages.values():
            yield from _told(passage, secrets)
    for passage in _plain_names(document, restricted) if secrets else ():
        yield from _told(passage, secrets)


def _plain_names(document: CheckedDocument, restricted: Restrictions) -> Iterator[Passage]:
    """Yield the open numbers and references that are the same in every language, as they stand."""
    setting = next(document.passages).setting
    papers = getattr(document.source.document, "papers", ())
    named: list[tuple[Keys, Any]] = [(("papers", index, "number"), paper.number) for index, paper in enumerate(papers)]
    named += [((name,), getattr(document.source.document, name, None)) for name in ("paper", "reference")]
    for keys, text in named:
        if isinstance(text, Text) and is_open(keys, restricted):
            offsets = array("L", range(len(text)))
            yield Passage(str(keys[-1]), setting, text, document.workspace, plain=str(text), offsets=offsets)


def _told(passage: Passage, secrets: list[_Secret]) -> Iterator[Violation]:
    """Yield each secret that a passage tells, where it first does; of those in one place the longest.

    The addresses in it are looked through as well, with spaces where their words are parted.
    """
    matches = [
        (match.start(), -match.end(), index)
        for index, secret in enumerate(secrets)
        for form, flags in secret.patterns
        if (match := re.search(form, passage.plain, flags))
    ]
    end = -1
    told: set[int] = set()
    for start, last, index in sorted(matches):
        if start < end or index in told:
            continue
        end, secret = -last, secrets[index]
        told.add(index)
        yield _violation(secret, Highlight(passage, start, end), passage.plain[start:end], "an open text")
    for span in (*passage.links, *passage.addresses):
        address = unquote(span.name)
        parted = " ".join(re.sub(r"[\W_]", " ", address).split())
        for index, secret in enumerate(secrets):
            forms = (re.search(form, one, flags) for form, flags in secret.patterns for one in (address, parted))
            if index not in told and (match := next(filter(None, forms), None)):
                told.add(index)
                yield _violation(
                    secret, Highlight(passage, span.start, span.end), match[0], "the address of a link of an open text"
                )


def _violation(secret: _Secret, mark: Highlight, words: str, where: str) -> Violation:
    """Return that words of a secret stand somewhere that is open."""
    place = secret.passage.locate(0, len(secret.passage.plain))
    withheld = f"a public version withholds {secret.what}{f' ({place})' if place else ''}"
    hint = f'write it in another way, restrict this text, or write `allow: {{{CODE}: "why"}}`'
    message = f"“{shortened(words)}” stands in {where}; {withheld}"
    return Violation(message, (mark, Highlight(secret.passage, 0, len(secret.passage.plain))), hint)


def _secrets(place: TextPlace, document: CheckedDocument, shown: list[TextPlace]) -> Iterator[_Secret]:
    """Yield what must not be told of a withheld text, once for each language that it is written in."""
    what = _what(place)
    for code, passage in document.unit(place.texts).passages.items():
        words = " ".join(passage.plain.split())
        if what == "this name":
            listed = [document.unit(other.texts).passages for other in shown if _is_name(other)]
            forms = list(_forms_of_name(words, [passages[code].plain for passages in listed if code in passages]))
        elif place.keys == ("meeting", "online"):
            forms = [_phrase(part) for part in _access_codes(words)]
        elif what:
            forms = [_phrase(words)] if what == "this term" or _is_telling(words) else []
        else:
            forms = []
        if forms:
            yield _Secret(what, (*forms, *_converted(forms, code, document)), passage)


def _is_name(place: TextPlace) -> bool:
    return place.keys[0] == "attendance" and place.keys[-1] == "name"


def _what(place: TextPlace) -> str:
    """Return what a withheld text is to people; empty for what may be said again in other words, such as a paragraph."""
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


def _is_telling(words: str) -> bool:
    """Whether words are so many that they stand in another text by no chance."""
    has_words = len(re.findall(f"[{HAN}]", words)) >= 4 or (len(words) >= 8 and len(words.split()) >= 2)
    return has_words or re.search(r"\d{5}", words) is not None


def _phrase(words: str) -> Pattern:
    """Return the pattern of words as they stand, whatever their spaces and capitals are."""
    edges = (r"(?<!\w)" if words[0].isascii() else "", r"(?!\w)" if words[-1].isascii() else "")
    return edges[0] + r"\s+".join(map(re.escape, words.split())) + edges[1], re.IGNORECASE


def _access_codes(words: str) -> Iterator[str]:
    """Yield the addresses, and the numbers and passwords, that let somebody into a meeting; years are none."""
    yield from (match[0].rstrip(".,;:") for match in ADDRESS.finditer(words))
    rest = ADDRESS.sub(" ", words)
    for match in re.finditer(r"(?<![\w.:])(?:\d+(?:[ -]\d+)+|(?=\w*\d)[A-Za-z0-9]{4,})(?![\w:])", rest):
        if not _YEAR.fullmatch(match[0]):
            yield match[0]


def _forms_of_name(name: str, others: list[str]) -> Iterator[Pattern]:
    """Yield the forms in which texts call a person, but for those that could mean another of the people listed."""
    return _chinese_forms(name, others) if re.search(f"[{HAN}]", name) else _latin_forms(name, others)


def _chinese_forms(name: str, others: list[str]) -> Iterator[Pattern]:
    """Yield the whole name, and the surname with a title that the person can have."""
    bare, surname, titles = _chinese_parts(name)
    if len(bare) >= 2:
        yield re.escape(bare), re.NOFLAG
    namesakes = [other for other in map(_chinese_parts, others) if other[1] == surname]
    if surname and (own := _own_titles(titles, namesakes)):
        yield f"{re.escape(surname)}(?:{own})", re.NOFLAG


def _chinese_parts(name: str) -> tuple[str, str, tuple[str, ...]]:
    """Return a Chinese name without titles, its surname, and the titles that the person can have."""
    whole = _HONOURS.sub("", name).replace(" ", "")
    written = _CHINESE_TITLES.search(whole)
    bare = whole[: written.start()] if written else whole
    surname = bare[:2] if bare[:2] in _TWO_CHARACTER_SURNAMES else bare[:1]
    return bare, surname, _titles(written[0] if written else "", _CHINESE_MALE, _CHINESE_FEMALE, _CHINESE_EITHER)


def _titles(written: str, male: tuple[str, ...], female: tuple[str, ...], either: tuple[str, ...]) -> tuple[str, ...]:
    """Return the titles that somebody with a title can have: all, unless it tells a man from a woman."""
    words = re.findall(r"\w+", written.casefold())
    is_male, is_female = (any(title.casefold() in words for title in titles) for titles in (male, female))
    return (*(() if is_female else male), *(() if is_male else female), *either)


def _own_titles(titles: tuple[str, ...], namesakes: list[tuple[Any, str, tuple[str, ...]]]) -> str:
    """Return the pattern of the titles with which a surname means one person and none of the namesakes; empty if none."""
    return "|".join(title for title in titles if not any(title in other[2] for other in namesakes))


def _latin_forms(name: str, others: list[str]) -> Iterator[Pattern]:
    """Yield the name in either order, each given name with the surname, and the surname behind a title or in capitals.

    A given name of two parts is one by itself: Siu-mei, but not Mary.
    """
    given, surname, titles = _latin_parts(name)
    if not given and len(surname) >= 4:
        yield _words(surname), re.NOFLAG
    if not surname:
        return
    for part in dict.fromkeys((" ".join(given), *given)) if given else ():
        yield _words(surname, part), re.IGNORECASE
        yield _words(part, surname), re.IGNORECASE
    if len(given) > 1:
        yield _words(given[0], surname, *given[1:]), re.IGNORECASE
    yield from ((_words(part), re.IGNORECASE) for part in given if "-" in part)
    people = [_latin_parts(other) for other in others]
    namesakes = [other for other in people if other[1].casefold() == surname.casefold()]
    another = r"(?!\s+[A-Z][a-z]+-[a-z])"
    if own := _own_titles(titles, namesakes):
        yield rf"(?<!\w)(?i:{own})\.?\s+(?i:{re.escape(surname)})(?!\w){another}", re.NOFLAG
    if surname.isupper() and len(surname) > 1 and not namesakes:
        untitled = "".join(f"(?<!{title} )" for title in (*_MALE, *_FEMALE, *_EITHER) if title not in titles)
        yield rf"{untitled}(?<!\w){re.escape(surname)}(?!\w){another}", re.NOFLAG


def _latin_parts(name: str) -> tuple[list[str], str, tuple[str, ...]]:
    """Return the given names and the surname of a name, and the titles that the person can have.

    The surname is the part in capitals, the first before a given name of two parts, else the last.
    """
    title = _TITLES.match(name)
    names = _HONOURS.sub("", name[title.end() :] if title else name).split()
    capitals = [part for part in names if part.isupper() and len(part) > 1]
    first = [names[0]] if any("-" in part for part in names[1:]) else names[-1:]
    surname = capitals or first
    given = [part for part in names if part not in surname]
    return given, " ".join(surname), _titles(title[0] if title else "", _MALE, _FEMALE, _EITHER)


def _words(*parts: str) -> str:
    """Return the pattern of a name's parts, with hyphens, spaces or nothing between the syllables."""
    joined = r"\s+".join(r"[\s-]?".join(map(re.escape, word.split("-"))) for part in parts for word in part.split())
    return rf"(?<!\w){joined}(?!\w)"


def _converted(forms: list[Pattern], code: str, document: CheckedDocument) -> Iterator[Pattern]:
    """Yield Chinese forms in the other script, as far as a text is written in it."""
    written = {
        language.code: language for unit in document.units for language in (one.language for one in unit.passages.values())
    }
    for language in written.values():
        if language.made_from == code:
            convert = converter(code, language.code, document.workspace).convert
            yield from ((convert(form), flags) for form, flags in forms)
