"""Font names and language tags for Word files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from ipdocs.files.ooxml.elements import Properties, element
from ipdocs.locale.language import Language
from ipdocs.templating.fonts import WordFonts, fonts
from ipdocs.workspace import Workspace

_DEFAULT_WESTERN = "en-GB"
_DEFAULT_EASTERN = "zh-HK"


def word_tag(language: Language) -> str:
    """Return the tag of a language in Word, which has no proofing tools for some tags, such as zh-Hans-HK."""
    return language.word or language.tag


def language_properties(language: Language, document_languages: Sequence[Language]) -> Properties:
    """Return the attributes of <w:lang> for text in a language: a Western and an East Asian tag.

    One of them is the language's own tag. The other is the tag of the document's first language in the other script, or a
    default.
    """
    if language.is_east_asian:
        western_tag = next((word_tag(other) for other in document_languages if not other.is_east_asian), _DEFAULT_WESTERN)
        return {"lang@val": western_tag, "lang@eastAsia": word_tag(language)}
    eastern_tag = next((word_tag(other) for other in document_languages if other.is_east_asian), _DEFAULT_EASTERN)
    return {"lang@val": word_tag(language), "lang@eastAsia": eastern_tag}


_CHARSETS = {"Latn": "00", "Hant": "88", "Hans": "86", "Jpan": "80"}
"""Windows charset numbers for Western, Big5, GB2312 and Shift JIS fonts; Word uses them to find a similar font."""

_GENERIC = {"ip-serif": "serif", "serif": "serif", "ip-sans": "sans", "sans-serif": "sans"}
"""The font design for each generic family in CSS."""


@dataclass(slots=True)
class Typefaces:
    """The fonts of a document's languages, and the font table of the fonts in use."""

    workspace: Workspace
    languages: tuple[Language, ...]
    _used: dict[str, etree._Element] = field(default_factory=dict)

    def font_properties(self, families: Sequence[str], language: Language) -> Properties:
        """Return the attributes of <w:rFonts> for a language; `families` are CSS names: ip-serif, ip-sans or a font name."""
        word_fonts = self._word_fonts(families, language)
        latin, chinese = word_fonts.latin, word_fonts.chinese
        if not language.is_east_asian:
            chinese_language = next((other for other in self.languages if other.is_east_asian), None)
            chinese = self._word_fonts(families, chinese_language).chinese if chinese_language else chinese
        return {"rFonts@ascii": latin, "rFonts@hAnsi": latin, "rFonts@eastAsia": chinese, "rFonts@cs": latin}

    def font_table(self) -> list[etree._Element]:
        """Return a <w:font> with the substitutes for each font in use."""
        return [self._used[name] for name in sorted(self._used)]

    def _word_fonts(self, families: Sequence[str], language: Language) -> WordFonts:
        design_name = next((_GENERIC[family] for family in families if family in _GENERIC), None)
        if design_name is None:
            word_fonts = WordFonts(latin=families[0], chinese=families[0])
        else:
            word_fonts = fonts(language, self.workspace).design("sans" if design_name == "sans" else "serif").word
        script = language.script if language.is_east_asian else "Hant"
        for name, charset in ((word_fonts.latin, _CHARSETS["Latn"]), (word_fonts.chinese, _CHARSETS[script])):
            if name not in self._used:
                self._used[name] = _font(name, word_fonts.alternates.get(name, ()), charset)
        return word_fonts


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
