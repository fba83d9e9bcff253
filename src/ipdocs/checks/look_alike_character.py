"""Characters that look like the right ones: Cyrillic letters in English words, radicals, the letter O in numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.conversion.characters import HAN
from ipdocs.source.characters import character_name

_LATIN = str.maketrans("АВЕЅІЈКМНОРСТУХаеоіјрсухѕһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαντ", "ABESIJKMHOPCTYXaeoijpcyxshdqwABEZHIKMNOPTYXoavt")
_ALPHABETIC_WORD = re.compile("[A-Za-z\u0370-\u03ff\u0400-\u052f]{2,}")
_RADICAL = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
_UNIFIED_IDEOGRAPHS = frozenset("﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩")
"""Ordinary characters, although Unicode has them in the block of compatibility ideographs."""

_LETTER_IN_NUMBER = re.compile(
    r"(?<![A-Za-z0-9])(?=[0-9OolI,.]*[0-9])(?=[0-9,.]*[OolI])[0-9OlI][0-9OolI,.]*[0-9OolI](?![A-Za-z0-9])"
)
_PRESENTATION_FORMS = str.maketrans(
    "︐︑︒︓︔︕︖︗︘︙︰︱︲︳︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈﹐﹑﹒﹔﹕﹖﹗﹘﹙﹚﹛﹜﹝﹞﹟﹠﹡﹢﹣﹤﹥﹦﹨﹩﹪﹫",
    "，、。：；！？〖〗…：—–_（）｛｝〔〕【】《》〈〉「」『』［］，、.；：？！—（）｛｝〔〕#&*+-<>=\\$%@",
)
"""The ordinary form of each punctuation mark for vertical text or of small size, which some input methods give."""

_PRESENTATION_FORM = re.compile("[\ufe10-\ufe19\ufe30-\ufe4f\ufe50-\ufe6b]+")
_DASH_OR_ELLIPSIS = re.compile("([…—])\\1*")
_ITEM = "一二三四五六七八九十甲乙丙丁戊A-Za-z"
_MIDDLE_DOT = re.compile(
    rf"(?:(?<=[{HAN}])(?=.[{HAN}A-Za-z])|(?<=[A-Za-z])(?=.[{HAN}]))(?:[‧•∙⋅]|(?<!\A[{_ITEM}])(?<!\A[{_ITEM}]{{2}})[﹒．])",
    re.DOTALL,
)
"""A dot in place of the middle dot of a name; a full stop after an item number at the start does not."""

_TITLE_AFTER_NAME = re.compile(
    f"[{HAN}]{{1,8}}?(?:[．·‧][{HAN}]{{1,8}}?)?(?:先生|女士|小姐|太太|夫人|博士|教授|爵士|總統|总统|總理|总理|首相|部長|部长|大使|總領事|总领事|主席|議員|议员|[（(][A-Z])"
)
"""The rest of a name in Chinese characters, with the title or the Latin name after it."""

_CHAPTER = re.compile(r"(?:\b[Cc]ap\.? ?|\b[Cc]hapter |第)$")
"""The words before the number of a chapter of the laws, which may end in the letter I, such as Cap. 1I."""

_LOOKS_LIKE_ONE = re.compile(f"(?<=[{HAN}])[ーㄧ](?=[{HAN}])")


def look_alike_character(passage: Passage) -> Iterator[Violation]:
    """Find wrong characters that look right; searches and screen readers do not recognise words with these characters."""
    for match in _ALPHABETIC_WORD.finditer(passage.plain):
        if any(character.isascii() for character in match[0]) and not match[0].isascii():
            foreign_character = next(character for character in match[0] if not character.isascii())
            latin_word = match[0].translate(_LATIN)
            message = f"{match[0]} contains {character_name(foreign_character)}"
            yield _violation(
                passage, match, message, f"write {latin_word} in Latin letters", latin_word if latin_word.isascii() else None
            )
    yield from _wrong_punctuation(passage)
    for match in _RADICAL.finditer(passage.plain):
        normalised = unicodedata.normalize("NFKC", match[0])
        if match[0] not in _UNIFIED_IDEOGRAPHS:
            fix = normalised if normalised != match[0] else None
            yield _violation(
                passage, match, f"{character_name(match[0])} is not for running text", f"write {fix}" if fix else None, fix
            )
    for match in _LETTER_IN_NUMBER.finditer(passage.plain):
        figures = match[0].translate(str.maketrans("OolI", "0011"))
        if not passage.is_in_web_address(*match.span()) and not _CHAPTER.search(passage.plain, 0, match.start()):
            yield _violation(
                passage, match, f"{match[0]} has a letter in place of a figure", f"write {figures} if that is the number", None
            )
    for match in _LOOKS_LIKE_ONE.finditer(passage.plain):
        yield _violation(passage, match, f"{character_name(match[0])} is used in place of 一", "write 一", "一")


def _wrong_punctuation(passage: Passage) -> Iterator[Violation]:
    """Find marks for vertical text, marks of small size, and other dots in place of the middle dot of a Chinese name."""
    is_east_asian = passage.language.is_east_asian
    middle_dots = list(_MIDDLE_DOT.finditer(passage.plain)) if passage.language.is_chinese else []
    dot_offsets = {match.start() for match in middle_dots}
    for match in middle_dots:
        if match[0] == "．" and not _is_in_person_name(passage.plain, match.start()):
            continue
        yield _violation(passage, match, f"{character_name(match[0])} is used in place of ·", "write ·", "·")
    for match in _PRESENTATION_FORM.finditer(passage.plain):
        if match.start() in dot_offsets:
            continue
        ordinary = match[0].translate(_PRESENTATION_FORMS)
        ordinary = _DASH_OR_ELLIPSIS.sub(r"\1\1", ordinary) if is_east_asian else unicodedata.normalize("NFKC", ordinary)
        is_unclear = _PRESENTATION_FORM.search(ordinary) or (is_east_asian and "﹒" in match[0])
        fix = None if is_unclear else ordinary
        message = f"{character_name(match[0][0])} is not for running text"
        yield _violation(passage, match, message, f"write {fix or 'the ordinary mark'}", fix)


def _is_in_person_name(text: str, offset: int) -> bool:
    """Whether a dot is within the name of a person; between the parts of a title, slogan or series ． is right."""
    is_in_title = any(text.rfind(opening, 0, offset) > text.rfind(closing, 0, offset) for opening, closing in ("「」", "《》"))
    return not is_in_title and _TITLE_AFTER_NAME.match(text, offset + 1) is not None


def _violation(passage: Passage, match: re.Match[str], message: str, hint: str | None, fix: str | None) -> Violation:
    return Violation(message, (Highlight(passage, *match.span()),), hint, fix)
