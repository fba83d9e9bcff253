"""The text of one paragraph while it is gathered, from parts that each have a run format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

from ipdocs.files.ooxml.elements import Properties, difference, element, properties, text, twips
from ipdocs.writers.docx.css_to_properties import Look
from ipdocs.writers.hyphens import parted

_SPACE = re.compile(r"[ \t\n\r\f]+")
_APART = re.compile("([·‧]+)|([À-ÖØ-öø-ɏ]+)")
"""In Chinese: dots that Word would take from the Latin font, and accented letters that it would take from the Chinese one."""


@dataclass(frozen=True, slots=True)
class RunFormat:
    """The formatting of a part: its run properties, the character style that has some of them (`said`), the link it lies in."""

    run: Properties
    chinese: bool
    spaces: str = "normal"
    character: str = ""
    said: Properties = field(default_factory=dict)
    link: etree._Element | None = None


@dataclass(frozen=True, slots=True)
class InlinePart:
    """A part of a paragraph: text, or a ready child of a run such as a break."""

    run_format: RunFormat
    text: str = ""
    ready: etree._Element | None = None


@dataclass(slots=True)
class ParagraphBuilder:
    """The text of one paragraph; white space collapses as on a page.

    `base` is what its style says of runs, `width` how long a line may be.
    """

    base: Properties
    width: float = 0.0
    parts: list[InlinePart] = field(default_factory=list)
    pictured: bool = False
    led: bool = False
    _spaced: bool = True

    def text(self, content: str | None, run_format: RunFormat) -> None:
        """Add text."""
        content = content or ""
        if run_format.spaces in {"normal", "nowrap"}:
            content = _SPACE.sub(" ", content)
            if self._spaced:
                content = content.removeprefix(" ")
        if not content:
            return
        self._spaced = content.endswith(" ")
        self.parts.append(InlinePart(run_format, content.replace(" ", "\u00a0") if run_format.spaces == "nowrap" else content))

    def put(self, ready: etree._Element, run_format: RunFormat) -> None:
        """Add a ready child of a run."""
        self.parts.append(InlinePart(run_format, "", ready))
        self._spaced = False

    def end_line(self, run_format: RunFormat) -> None:
        """Begin a new line within the paragraph; spaces around the break are dropped."""
        self._trim()
        self.put(element("br"), run_format)
        self._spaced = True

    def lead(self, run_format: RunFormat) -> None:
        """Set what follows at the end of the line."""
        self._trim()
        self.put(element("tab"), run_format)
        self.led = True

    def look(self, look: Look) -> Look:
        """Return the look of the paragraph: a line with a picture is as high as the picture, one with a leader has a tab stop."""
        own: Properties = {}
        if self.pictured:
            own |= {"spacing@line": "240", "spacing@lineRule": "auto"}
        if self.led:
            own["tabs"] = f"right {int(look.paragraph['ind@left']) + twips(self.width)}"
        return Look(look.paragraph | own, look.run)

    def finish(self, *, trim: bool = True) -> list[etree._Element]:
        """Return the paragraph's runs and links; an empty list when nothing was said."""
        if trim:
            self._trim()
        content: list[etree._Element] = []
        for link, parts in groupby(self.parts, key=lambda part: part.run_format.link):
            runs = [run for part in parts for run in self._runs(part)]
            if link is not None:
                link.extend(runs)
                runs = [link]
            content += runs
        return content

    def _trim(self) -> None:
        if self.parts and self.parts[-1].text.endswith(" "):
            last = self.parts.pop()
            if last.text != " ":
                self.parts.append(InlinePart(last.run_format, last.text[:-1]))

    def _runs(self, part: InlinePart) -> Iterator[etree._Element]:
        run_format = part.run_format
        changes = difference(run_format.run, self.base | run_format.said)
        changes |= {key: run_format.run[key] for key in ("lang@val", "lang@eastAsia")}
        if run_format.character:
            changes["rStyle"] = run_format.character
        if part.ready is not None:
            yield _run(changes, part.ready)
        elif not run_format.chinese:
            yield _run(changes, *_spelt(part.text, chinese=False))
        else:
            for piece in filter(None, _APART.split(part.text)):
                for child in _spelt(piece, chinese=True):
                    yield _run(changes | (_fonts(piece, run_format.run) if child.text else {}), child)


def _spelt(words: str, *, chinese: bool) -> Iterator[etree._Element]:
    """Yield the children of runs that spell a text, with Word's own hyphens where no line may end."""
    for at, part in enumerate(parted(words, chinese=chinese)):
        if at:
            yield element("noBreakHyphen")
        if part:
            yield text(part)


def _fonts(piece: str, run: Properties) -> Properties:
    """Return what a run of Chinese text says of its fonts beyond its style."""
    if piece[0] in "·‧":
        chinese = run["rFonts@eastAsia"]
        return {f"rFonts@{slot}": chinese for slot in ("ascii", "hAnsi", "eastAsia", "cs")} | {"rFonts@hint": "eastAsia"}
    return {} if "À" <= piece[0] <= "ɏ" else {"rFonts@hint": "eastAsia"}


def _run(changes: Properties, *content: etree._Element) -> etree._Element:
    said = properties("rPr", changes)
    return element("r", *([said] if said is not None else []), *content)
