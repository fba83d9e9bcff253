"""Elements of web pages: which begin a paragraph, which readers do not see, and which are not part of a release."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ipdocs.files.ledger import LeftOutReason

if TYPE_CHECKING:
    from lxml.etree import _Element

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LISTS = ("ul", "ol", "menu", "dir")
TABLE_PARTS = ("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col")
BLOCKS = frozenset(
    {*HEADINGS, *LISTS, *TABLE_PARTS}
    | {"html", "body", "p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "hgroup", "address"}
    | {"blockquote", "center", "dl", "dt", "dd", "li", "figure", "figcaption", "hr", "pre", "listing", "xmp", "plaintext"}
    | {"details", "summary", "dialog", "fieldset", "legend", "form", "search", "frameset", "noframes", "optgroup", "option"}
)
"""The elements that begin a new line, as in the style sheet of browsers."""

_PROGRAMS = ("script", "style")
_UNSEEN = {"template": "", "noscript": "for browsers without scripts", "datalist": "", "noembed": "", "noframes": ""}
_NOISE = {
    "nav": LeftOutReason.NAVIGATION,
    "aside": LeftOutReason.SIDEBAR,
    "footer": LeftOutReason.PAGE_FOOTER,
    "form": LeftOutReason.FORM,
    "search": LeftOutReason.FORM,
}
_CONTROLS = ("button", "input", "select", "textarea", "option", "optgroup")
_EMBEDDED = {
    "iframe": LeftOutReason.EMBEDDED_PAGE,
    "frame": LeftOutReason.EMBEDDED_PAGE,
    "object": LeftOutReason.EMBEDDED_FILE,
    "embed": LeftOutReason.EMBEDDED_FILE,
    "applet": LeftOutReason.EMBEDDED_FILE,
    "video": LeftOutReason.MEDIA,
    "audio": LeftOutReason.MEDIA,
    "canvas": LeftOutReason.PROGRAM,
}
_HIDING_STYLE = re.compile(r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|mso-hide:all)(?=;|!|$)")
_WORD_PART = re.compile(r"(?:^|;)mso-element:(comment|header|footer)(?=-|;|!|$)")
_SECOND_FORMULA = re.compile(r"(?:^|\s)(?:katex-html|mjx-chtml|MathJax)(?:\s|$)")
"""Classes of formulas drawn with text, which stand beside the same formulas in MathML."""

_NAME_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NAMES_OF_NOISE = frozenset(
    """
    share sharing social breadcrumb breadcrumbs menu navbar sidebar related cookie cookies skip toolbar advert adverts
    advertisement advertisements advertising
    """.split()  # noqa: SIM905
)
_ONLY_FIRST = frozenset({"related", "skip"})
_OTHER_PARTS = frozenset(
    """
    addthis area article articles banner bar block bottom box btn button buttons consent container desktop dropdown
    footer group header icon icons inner item items layer left link links list main media mobile module nav navigation
    news notice outer page pages panel popup post posts primary right secondary section site stories story this to
    content tool tools top widget widgets wrap wrapper
    """.split()  # noqa: SIM905
)
"""Words that stand beside a name of noise and do not change its meaning, such as "bar" in "share-bar"."""

MAX_INVISIBLE_SIZE = 2
"""Width or height in pixels up to which a picture only counts visitors or keeps space."""


def style_of(element: _Element) -> str:
    """Return the style attribute of an element in lower case, without spaces around colons and semicolons."""
    return re.sub(r"\s*([:;])\s*", r"\1", element.get("style", "").strip().lower())


def unseen_reason(element: _Element) -> tuple[LeftOutReason, str] | None:
    """Return the reason, with its detail, why readers do not see an element; None if they see it."""
    tag = str(element.tag)
    if tag in _PROGRAMS:
        return LeftOutReason.PROGRAM, ""
    if tag in ("head", "title"):
        return LeftOutReason.PROPERTIES, ""
    if tag in ("html", "body"):
        return None
    if tag in _UNSEEN:
        return LeftOutReason.HIDDEN, _UNSEEN[tag]
    if reason := _reason_from_word(element):
        return reason, ""
    if element.get("hidden") is not None or _HIDING_STYLE.search(style_of(element)):
        return LeftOutReason.HIDDEN, ""
    if tag == "dialog" and element.get("open") is None:
        return LeftOutReason.HIDDEN, ""
    if tag == "del":
        return LeftOutReason.DELETED, ""
    if tag in ("annotation", "annotation-xml") or _SECOND_FORMULA.search(element.get("class", "")):
        return LeftOutReason.DUPLICATE, ""
    if tag == "img" and any(_is_tiny(element.get(side, "")) for side in ("width", "height")):
        return LeftOutReason.HIDDEN, "too small to be seen"
    return None


def _reason_from_word(element: _Element) -> LeftOutReason | None:
    """Return the reason why a part of a page saved from Word is not part of its text: it is a comment, a header or a footer."""
    part = _WORD_PART.search(style_of(element))
    if (part and part[1] == "comment") or element.get("class", "").lower().startswith("msocom"):
        return LeftOutReason.COMMENT
    return LeftOutReason.RUNNING_HEAD if part else None


def _is_tiny(length: str) -> bool:
    match = re.match(r"\s*(\d{1,6})(?!\d|%|\.)", length)
    return match is not None and int(match[1]) <= MAX_INVISIBLE_SIZE


def noise_reason(element: _Element) -> tuple[LeftOutReason, str] | None:
    """Return the reason, with its detail, why an element is probably not part of a release; None if it is part of it."""
    tag = str(element.tag)
    if tag in _NOISE:
        return _NOISE[tag], ""
    if tag in ("html", "body", "main", "article", "p", "li"):
        return None
    names = f"{element.get('class', '')} {element.get('id', '')}".split()
    noise_name = next(filter(None, map(_noise_in_name, names)), "")
    return (LeftOutReason.NAVIGATION, f"named '{noise_name}'") if noise_name else None


def control_reason(element: _Element) -> LeftOutReason | None:
    """Return the reason why a part of a form, or an embedded file, has no place in a release; None for other elements."""
    tag = str(element.tag)
    return LeftOutReason.FORM if tag in _CONTROLS else _EMBEDDED.get(tag)


def _noise_in_name(name: str) -> str:
    """Return the word in the name of a class that says that an element is noise, as in "share-bar"; "" if there is none.

    All other words of the name must fit: "share-price" and "content-related" name content.
    """
    parts = [part.lower() for part in _NAME_PARTS.findall(name)]
    parts = parts[1:] if len(parts) > 1 and len(parts[0]) == 1 else parts
    names_of_noise = [part for part in parts if part in _NAMES_OF_NOISE]
    if not names_of_noise or any(part not in _NAMES_OF_NOISE and part not in _OTHER_PARTS for part in parts):
        return ""
    return "" if names_of_noise[0] in _ONLY_FIRST and parts[0] != names_of_noise[0] else names_of_noise[0]
