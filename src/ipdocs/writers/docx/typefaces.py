"""Font names and language tags as Word wants them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from ipdocs.files.ooxml.elements import Properties, element
from ipdocs.locale.language import Language
from ipdocs.templating.fonts import WordFonts, fonts
from ipdocs.workspace import Workspace

_TAGS = {"en": "en-GB", "zh-Hant-HK": "zh-HK", "zh-Hans-HK": "zh-CN", "zh-Hans-CN": "zh-CN"}
"""Word has proofing for these; for Hong Kong's Simplified Chinese it has none of its own."""

_WESTERN = "en-GB"
_EASTERN = "zh-HK"


def word_tag(language: Language) -> str:
    """Return a language's tag as Word knows it."""
    return _TAGS.get(language.tag, language.tag)


def language_slots(language: Language, main: Sequence[Language]) -> Properties:
    """Return <w:lang> for text in a language: its own slot, and what the document's other script is in the other."""
    if language.is_chinese:
        western = next((word_tag(one) for one in main if not one.is_chinese), _WESTERN)
        return {"lang@val": western, "lang@eastAsia": word_tag(language)}
    eastern = next((word_tag(one) for one in main if one.is_chinese), _EASTERN)
    return {"lang@val": word_tag(language), "lang@eastAsia": eastern}


_CHARSETS = {"Latn": "00", "Hant": "88", "Hans": "86"}
"""Windows' numbers for Western, Big5 and GB2312 fonts, by which Word looks for something alike."""

_LOGICAL = {"ip-serif": "serif", "serif": "serif", "ip-sans": "sans", "sans-serif": "sans"}


@dataclass(slots=True)
class Typefaces:
    """The fonts of a document's languages; remembers each it gave out, for the font table."""

    workspace: Workspace
    languages: tuple[Language, ...]
    _used: dict[str, etree._Element] = field(default_factory=dict)

    def slots(self, families: Sequence[str], language: Language) -> Properties:
        """Return all four slots of <w:rFonts> for font-family in a language: ip-serif, ip-sans or a font's own name."""
        named = self._word(families, language)
        chinese = named.chinese
        if not language.is_chinese:
            partner = next((one for one in self.languages if one.is_chinese), None)
            chinese = self._word(families, partner).chinese if partner else chinese
        return {"rFonts@ascii": named.latin, "rFonts@hAnsi": named.latin, "rFonts@eastAsia": chinese, "rFonts@cs": named.latin}

    def table(self) -> list[etree._Element]:
        """Return a <w:font> for every font used, with what to take where it is not installed."""
        return [self._used[name] for name in sorted(self._used)]

    def _word(self, families: Sequence[str], language: Language) -> WordFonts:
        logical = next((_LOGICAL[one] for one in families if one in _LOGICAL), None)
        if logical is None:
            named = WordFonts(latin=families[0], chinese=families[0])
        else:
            named = fonts(language, self.workspace).design("sans" if logical == "sans" else "serif").word
        script = language.script if language.is_chinese else "Hant"
        for name, charset in ((named.latin, _CHARSETS["Latn"]), (named.chinese, _CHARSETS[script])):
            if name not in self._used:
                self._used[name] = _font(name, named.alternates.get(name, ()), charset)
        return named


def _font(name: str, alternates: Sequence[str], charset: str) -> etree._Element:
    names = [element("altName", val=",".join(alternates))] if alternates else []
    return element(
        "font",
        *names,
        element("charset", val=charset),
        element("family", val="auto"),
        element("pitch", val="variable"),
        name=name,
    )
