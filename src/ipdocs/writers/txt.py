"""Write an HTML document as plain text in the form of a news wire.

The title is underlined with asterisks: as many as the title has characters,
but at most one line. Paragraphs begin with five spaces in English and with two
ideographic spaces in Chinese. Languages follow one another, or alternate block by block.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from ipdocs.locale.list_markers import parse_marker
from ipdocs.model.script_forms import plain_form
from ipdocs.templating.html_document import RESTRICTED_LABEL, HtmlDocument
from ipdocs.templating.list_marker_styles import ATTRIBUTE
from ipdocs.writers.written_file import WrittenFile

LINE_LENGTH = 72
"""Characters in a line; a Chinese character counts as two."""


@dataclass
class _TextState:
    """The document, the language of the current element, and the footnotes so far."""

    document: HtmlDocument
    lang: str = ""
    footnotes: list[str] = field(default_factory=list)

    @property
    def chinese(self) -> bool:
        return self.lang.startswith(("zh", "ja"))

    @property
    def indent(self) -> str:
        return "\u3000\u3000" if self.chinese else " " * 5


def write(document: HtmlDocument) -> WrittenFile:
    """Return a document as UTF-8 text with Unix line endings."""
    state = _TextState(document)
    paragraphs = [paragraph for paragraph in _contents(document.body, state) if paragraph.strip()]
    paragraphs += [f"[{number}] {footnote}" for number, footnote in enumerate(state.footnotes, 1)]
    text = "\n\n".join(paragraphs).replace("\u00a0", " ")
    return WrittenFile(f"{text}\n".encode())


def _block(element: HtmlElement, state: _TextState) -> Iterator[str]:
    """Yield the paragraphs of a block."""
    outer_lang = state.lang
    state.lang = element.get("lang") or outer_lang
    yield from BLOCKS.get(str(element.tag), _contents)(element, state)
    state.lang = outer_lang


def _contents(element: HtmlElement, state: _TextState) -> Iterator[str]:
    """Yield the paragraphs of an element's blocks, and paragraphs for text and inline elements between the blocks."""
    text = _one_line(element.text)
    for child in element:
        if handler := INLINE.get(str(child.tag)):
            text += handler(child, state)
        else:
            yield from _loose_paragraphs(text)
            yield from _block(child, state)
            text = ""
        text += _one_line(child.tail)
    yield from _loose_paragraphs(text)


def _loose_paragraphs(text: str) -> list[str]:
    """Return text between blocks as a list with one paragraph, or an empty list if the text is blank."""
    text = _strip_lines(text)
    return [text] if text else []


def _paragraph(element: HtmlElement, state: _TextState) -> Iterator[str]:
    text = _inline_text(element, state)
    yield text if _is_unindented(element) else state.indent + text


def _is_unindented(element: HtmlElement) -> bool:
    """Whether a paragraph has no indent: in the title block, the end block, a contact or a table."""
    return any(parent.tag in {"header", "footer", "section", "td"} for parent in element.iterancestors())


def _title(element: HtmlElement, state: _TextState) -> Iterator[str]:
    text = _inline_text(element, state)
    asterisk, width = ("＊", 2) if state.chinese else ("*", 1)
    yield f"{text}\n{asterisk * min(len(text), LINE_LENGTH // width)}"


def _heading(element: HtmlElement, state: _TextState) -> Iterator[str]:
    yield _inline_text(element, state)


def _list(element: HtmlElement, state: _TextState) -> Iterator[str]:
    yield "\n".join(_items(element, state, 1))


def _items(element: HtmlElement, state: _TextState, depth: int) -> Iterator[str]:
    for number, item in enumerate(element, int(element.get("start", "1"))):
        marker = _marker(element, number, state)
        nested_lists = [child for child in item if child.tag in ("ul", "ol")]
        text = _inline_text(item, state, leave_out=("ul", "ol"))
        yield f"{state.indent * depth}{marker}{text}"
        for nested_list in nested_lists:
            yield from _items(nested_list, state, depth + 1)


def _marker(element: HtmlElement, number: int, state: _TextState) -> str:
    if element.tag == "ul":
        return "＊" if state.chinese else "* "
    default = {"1": "1", "a": "a", "i": "i"}.get(element.get("type", "1"), "1")
    pattern = element.get(ATTRIBUTE) or (f"（{default}）" if state.chinese else f"({default})")
    return parse_marker(pattern).text(number)


def _table(element: HtmlElement, state: _TextState) -> Iterator[str]:
    if (caption := element.find("caption")) is not None:
        yield _inline_text(caption, state)
    yield "\n".join(" | ".join(_inline_text(cell, state) for cell in row) for row in element.iter("tr"))


def _figure(element: HtmlElement, state: _TextState) -> Iterator[str]:
    caption = element.find("figcaption")
    text = _inline_text(caption, state) if caption is not None else ""
    if caption is None or text == "".join(label.text_content() for label in caption.find_class(RESTRICTED_LABEL)):
        alt_text = "".join(picture.get("alt", "") for picture in element.iter("img"))
        text = ("" if state.chinese else " ").join(filter(None, [text, alt_text]))
    yield f"［{text}］" if state.chinese else f"[{text}]"


def _definitions(element: HtmlElement, state: _TextState) -> Iterator[str]:
    lines: list[str] = []
    for child in element:
        colon = "：" if state.chinese else ":"
        lines.append(_inline_text(child, state) + (colon if child.tag == "dt" else ""))
    yield "\n".join(lines)


def _rule(element: HtmlElement, state: _TextState) -> Iterator[str]:
    if element.get("class") != "page-break":
        yield "＊＊＊" if state.chinese else "* * *"


BLOCKS: dict[str, Callable[[HtmlElement, _TextState], Iterator[str]]] = {
    **dict.fromkeys(("article", "header", "footer", "section", "aside", "div", "blockquote", "nav"), _contents),
    "h1": _title,
    **dict.fromkeys(("h2", "h3", "h4"), _heading),
    "p": _paragraph,
    **dict.fromkeys(("ul", "ol"), _list),
    "table": _table,
    "figure": _figure,
    "dl": _definitions,
    "hr": _rule,
}
"""The handler for each block; the handler for a list, table, figure or <dl> also handles the elements in it."""


def _inline_text(element: HtmlElement, state: _TextState, leave_out: tuple[str, ...] = ()) -> str:
    """Return the text of an element without child elements of the tags `leave_out`, and with a newline for each <br>."""
    text = _one_line(element.text)
    for child in element:
        if child.tag not in leave_out:
            handler = INLINE.get(str(child.tag))
            text += handler(child, state) if handler else "\n".join(["", *_block(child, state)])
        text += _one_line(child.tail)
    return _strip_lines(text)


def _one_line(text: str | None) -> str:
    """Return a text with spaces instead of newlines, since in HTML only <br> breaks a line."""
    return " ".join((text or "").split("\n"))


def _strip_lines(text: str) -> str:
    """Return a text without spaces at the beginning and end of each line."""
    return "\n".join(line.strip(" ") for line in text.split("\n")).strip(" ")


def _link(element: HtmlElement, state: _TextState) -> str:
    text, target = _inline_text(element, state), element.get("href", "").removeprefix("mailto:").removeprefix("tel:")
    if target.startswith("#") or (target == text):
        return text
    return text + state.document.in_brackets(target, state.lang)


def _shifted(element: HtmlElement, state: _TextState) -> str:
    """Return superscript or subscript with characters such as ², or with a mark before it."""
    before = element.getprevious()
    parent = element.getparent()
    preceding = (before.tail or before.text_content()) if before is not None else parent.text if parent is not None else ""
    return plain_form(_inline_text(element, state), "superscript" if element.tag == "sup" else "subscript", preceding or "")


def _span(element: HtmlElement, state: _TextState) -> str:
    text = _inline_text(element, state)
    if element.get("class") != "footnote":
        return text
    state.footnotes.append(text)
    return f"[{len(state.footnotes)}]"


INLINE: dict[str, Callable[[HtmlElement, _TextState], str]] = {
    **dict.fromkeys(("em", "strong"), _inline_text),
    **dict.fromkeys(("sup", "sub"), _shifted),
    "a": _link,
    "span": _span,
    "br": lambda element, state: "\n",
    "img": lambda element, state: element.get("alt", ""),
}
"""The handler for each inline element."""
