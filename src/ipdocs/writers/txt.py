"""HtmlDocument in, plain text out: the form in which a release goes over the wire.

The title has a rule of asterisks under it, as long as the title where that
fits a line; paragraphs begin with five spaces in English and with two
ideographic spaces in Chinese; languages follow one another or alternate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from ipdocs.templating.html_document import RESTRICTED_LABEL, HtmlDocument
from ipdocs.writers.written_file import Written

LINE = 72
"""The width of a line of the wire, in narrow characters; a Chinese character takes two."""


@dataclass
class _Text:
    """What the walk through a tree needs to know, and the notes it leaves for the end."""

    chinese: bool = False
    notes: list[str] = field(default_factory=list)

    @property
    def indent(self) -> str:
        return "\u3000\u3000" if self.chinese else " " * 5


def write(tree: HtmlDocument) -> Written:
    """Return a tree as UTF-8 text with Unix line ends."""
    state = _Text()
    paragraphs = [block for block in _inside(tree.body, state) if block.strip()]
    paragraphs += [f"[{number}] {note}" for number, note in enumerate(state.notes, 1)]
    text = "\n\n".join(paragraphs).replace("\u00a0", " ")
    return Written(f"{text}\n".encode())


def _blocks(element: HtmlElement, state: _Text) -> Iterator[str]:
    """Yield the paragraphs of an element in the form they have on the wire."""
    before = state.chinese
    if lang := element.get("lang"):
        state.chinese = lang.startswith("zh")
    yield from BLOCKS[str(element.tag)](element, state)
    state.chinese = before


def _inside(element: HtmlElement, state: _Text) -> Iterator[str]:
    if element.text and element.text.strip():
        yield element.text.strip()
    for child in element:
        yield from _blocks(child, state)


def _paragraph(element: HtmlElement, state: _Text) -> Iterator[str]:
    text = _inline(element, state)
    yield text if _stands_alone(element) else state.indent + text


def _stands_alone(element: HtmlElement) -> bool:
    """Whether a paragraph belongs to the title block, the end block, a contact or a table, where nothing is indented."""
    return any(parent.tag in {"header", "footer", "section", "td"} for parent in element.iterancestors())


def _title(element: HtmlElement, state: _Text) -> Iterator[str]:
    text = _inline(element, state)
    star, wide = ("＊", 2) if state.chinese else ("*", 1)
    yield f"{text}\n{star * min(len(text), LINE // wide)}"


def _heading(element: HtmlElement, state: _Text) -> Iterator[str]:
    yield _inline(element, state)


def _list(element: HtmlElement, state: _Text, depth: int = 0) -> Iterator[str]:
    yield "\n".join(_items(element, state, depth))


def _items(element: HtmlElement, state: _Text, depth: int) -> Iterator[str]:
    first = int(element.get("start", "1"))
    for number, item in enumerate(element, first):
        mark = _mark(element, number, state)
        inner = [child for child in item if child.tag in ("ul", "ol")]
        text = _inline(item, state, leave_out=("ul", "ol"))
        yield f"{state.indent * (depth + 1)}{mark}{text}"
        for child in inner:
            yield from _items(child, state, depth + 1)


def _mark(element: HtmlElement, number: int, state: _Text) -> str:
    if element.tag == "ul":
        return "＊" if state.chinese else "* "
    kind = element.get("type", "1")
    name = {"1": str(number), "a": chr(ord("a") + (number - 1) % 26), "i": _roman(number)}[kind]
    return f"（{name}）" if state.chinese else f"({name}) "


def _roman(number: int) -> str:
    parts = [
        ("m", 1000),
        ("cm", 900),
        ("d", 500),
        ("cd", 400),
        ("c", 100),
        ("xc", 90),
        ("l", 50),
        ("xl", 40),
        ("x", 10),
        ("ix", 9),
    ]
    written = ""
    for letters, worth in [*parts, ("v", 5), ("iv", 4), ("i", 1)]:
        written += letters * (number // worth)
        number %= worth
    return written


def _table(element: HtmlElement, state: _Text) -> Iterator[str]:
    if (caption := element.find("caption")) is not None:
        yield _inline(caption, state)
    yield "\n".join(" | ".join(_inline(cell, state) for cell in row) for row in element.iter("tr"))


def _figure(element: HtmlElement, state: _Text) -> Iterator[str]:
    caption = element.find("figcaption")
    words = _inline(caption, state) if caption is not None else ""
    if caption is None or words == "".join(label.text_content() for label in caption.find_class(RESTRICTED_LABEL)):
        shown = "".join(picture.get("alt", "") for picture in element.iter("img"))
        words = ("" if state.chinese else " ").join(filter(None, [words, shown]))
    yield f"［{words}］" if state.chinese else f"[{words}]"


def _definitions(element: HtmlElement, state: _Text) -> Iterator[str]:
    lines: list[str] = []
    for child in element:
        colon = "：" if state.chinese else ":"
        lines.append(_inline(child, state) + (colon if child.tag == "dt" else ""))
    yield "\n".join(lines)


def _rule(element: HtmlElement, state: _Text) -> Iterator[str]:
    if element.get("class") != "page-break":
        yield "＊＊＊" if state.chinese else "* * *"


BLOCKS: dict[str, Callable[[HtmlElement, _Text], Iterator[str]]] = {
    **dict.fromkeys(("article", "header", "footer", "section", "aside", "div", "blockquote", "nav"), _inside),
    "h1": _title,
    **dict.fromkeys(("h2", "h3", "h4"), _heading),
    "p": _paragraph,
    **dict.fromkeys(("ul", "ol"), _list),
    "table": _table,
    "figure": _figure,
    "dl": _definitions,
    "hr": _rule,
}
"""What each block of the vocabulary becomes; li, rows, cells, captions and terms belong to the block they stand in."""


def _inline(element: HtmlElement, state: _Text, leave_out: tuple[str, ...] = ()) -> str:
    """Return the words of an element, white space folded, line breaks kept."""
    text = " ".join((element.text or "").split("\n"))
    for child in element:
        if child.tag not in leave_out:
            inline = INLINE.get(str(child.tag))
            text += inline(child, state) if inline else "\n".join(["", *_blocks(child, state)])
        text += " ".join((child.tail or "").split("\n"))
    return "\n".join(" ".join(line.split(" ")).strip(" ") for line in text.split("\n")).strip(" ")


def _link(element: HtmlElement, state: _Text) -> str:
    text, target = _inline(element, state), element.get("href", "").removeprefix("mailto:").removeprefix("tel:")
    if target.startswith("#") or (target == text):
        return text
    return f"{text}（{target}）" if state.chinese else f"{text} ({target})"


def _span(element: HtmlElement, state: _Text) -> str:
    if element.get("class") != "footnote":
        return _inline(element, state)
    state.notes.append(_inline(element, state))
    return f"[{len(state.notes)}]"


INLINE: dict[str, Callable[[HtmlElement, _Text], str]] = {
    **dict.fromkeys(("em", "strong", "sup", "sub"), _inline),
    "a": _link,
    "span": _span,
    "br": lambda element, state: "\n",
    "img": lambda element, state: element.get("alt", ""),
}
"""What each inline element of the vocabulary becomes."""
