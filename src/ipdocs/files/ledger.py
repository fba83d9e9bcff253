"""Ledger of an incoming file: each piece of its content is taken, or left out for a reason."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

from ipdocs.findings import Finding, IpdocsError, Location

PieceKind = Literal["text", "picture", "note", "field", "cell"]
"""The kinds of content that a ledger counts."""


class LeftOutReason(StrEnum):
    """The reasons for which content of an incoming file may be left out; there are no others."""

    RUNNING_HEAD = "running header or footer"
    NAVIGATION = "navigation"
    SIDEBAR = "sidebar"
    PAGE_FOOTER = "page footer"
    SHARING_LINK = "sharing link"
    QUOTATION_MARK = "mark of quoted e-mail"
    LANGUAGE_SWITCH = "language switch"
    RELATED_CONTENT = "related content"
    FORM = "form"
    EMBEDDED_PAGE = "embedded page"
    EMBEDDED_FILE = "embedded file"
    MEDIA = "audio or video"
    PROGRAM = "script or style sheet"
    HIDDEN = "hidden"
    DELETED = "tracked deletion"
    COMMENT = "comment"
    DUPLICATE = "second form of the same content"
    FIELD_CODE = "instruction of a field"
    LINK = "address that a source cannot link to"
    TEMPLATE_WRITES_IT = "written by the template"
    UNUSABLE_PICTURE = "unusable picture"
    PICTURE_DATA = "data in a picture"
    CHART = "chart or diagram"
    TOO_DEEP = "nested too deeply"
    NOT_SHOWN = "outside the text that a program shows"
    PROPERTIES = "properties of the file"
    SOURCE_TEXT = "source text, compared with the document"
    MATCH = "proposal from a translation memory"
    TOOL_DATA = "data of a translation tool"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of content in an incoming file: a text node, or a picture, note, field or table cell.

    Attributes:
        kind: the kind of content.
        text: the text, or a short name of other content.
        line: the line number; in Word files, the number of the paragraph.
        group: what the piece belongs to, such as a comment or a header; pieces of one line and group are shown together.
    """

    kind: PieceKind
    text: str
    line: int
    group: Hashable = None

    @property
    def is_blank(self) -> bool:
        """Whether the piece is text without any word or character."""
        return self.kind in ("text", "field") and not self.text.strip()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Content that is not taken from an incoming file.

    Attributes:
        text: the text, or a short name of other content.
        reason: the reason.
        line: the line number; in Word files, the number of the paragraph.
        detail: what the reason refers to, such as the fault of a picture.
    """

    text: str
    reason: LeftOutReason
    line: int
    detail: str = ""

    @property
    def description(self) -> str:
        """The reason, with its detail."""
        return f"{self.reason}: {self.detail}" if self.detail else str(self.reason)


class Ledger:
    """The pieces of an incoming file, each of which a reader must take or leave out.

    A reader first enters every piece that the file has, found without regard to what the reader understands. Then it reads the
    file, and takes or leaves out each piece by its key. `check` reports the pieces that the reader has passed over.
    """

    def __init__(self, path: Path) -> None:
        """Begin a ledger without pieces.

        Args:
            path: the path of the incoming file, for findings.
        """
        self.path = path
        self.pieces: dict[Hashable, Piece] = {}
        self._taken: set[Hashable] = set()
        self._left_out: dict[Hashable, tuple[LeftOutReason, str]] = {}

    def enter(self, key: Hashable, kind: PieceKind, text: str, line: int, group: Hashable = None) -> None:
        """Enter a piece of the file.

        Args:
            key: what identifies the piece, such as its element and "text" or "tail". The ledger keeps the key alive.
            kind: the kind of content.
            text: the text, or a short name of other content.
            line: the line number; in Word files, the number of the paragraph.
            group: what the piece belongs to, such as a comment or a header.
        """
        self.pieces[key] = Piece(kind, text, line, group)

    def take(self, key: Hashable) -> None:
        """Record that the content of a piece is taken; a key that was never entered is ignored."""
        if key in self.pieces:
            self._taken.add(key)
            self._left_out.pop(key, None)

    def leave_out(self, key: Hashable, reason: LeftOutReason, detail: str = "") -> None:
        """Record that a piece is left out, unless it is taken; a key that was never entered is ignored."""
        if key in self.pieces and key not in self._taken:
            self._left_out.setdefault(key, (reason, detail))

    def is_accounted(self, key: Hashable) -> bool:
        """Whether a piece is taken or left out."""
        return key in self._taken or key in self._left_out

    def taken_texts(self) -> Iterator[str]:
        """Yield the text of each text piece that is taken, in the order of the file."""
        return (piece.text for key, piece in self.pieces.items() if piece.kind == "text" and key in self._taken)

    def left_out(self) -> list[LeftOut]:
        """Return what is left out, in the order of the file; texts with the same line, group and reason are joined.

        An ellipsis stands for text between them that is taken. Table cells are not listed, only their content.
        """
        result: list[LeftOut] = []
        group: Hashable = None
        gap = ""
        for key, piece in self.pieces.items():
            if key in self._taken and piece.kind not in ("cell", "field"):
                gap = " … "
            if key not in self._left_out or piece.is_blank or piece.kind == "cell":
                continue
            reason, detail = self._left_out[key]
            last = result[-1] if result else None
            is_same = last and (last.line, group, last.reason, last.detail) == (piece.line, piece.group, reason, detail)
            if last and is_same and piece.kind == "text":
                result[-1] = LeftOut(last.text + gap + piece.text, reason, piece.line, detail)
            else:
                result.append(LeftOut(piece.text, reason, piece.line, detail))
            group, gap = piece.group, ""
        return [LeftOut(" ".join(entry.text.split()), entry.reason, entry.line, entry.detail) for entry in result]

    def check(self) -> None:
        """Check that each piece is taken or left out.

        Raises:
            IpdocsError: pieces are neither taken nor left out; each is reported as `text-unaccounted`.
        """
        passed_over = [
            piece
            for key, piece in self.pieces.items()
            if key not in self._taken and key not in self._left_out and not piece.is_blank
        ]
        if passed_over:
            raise IpdocsError([unaccounted_finding(piece.text, Location(self.path, piece.line)) for piece in passed_over[:20]])

    def check_arrival(self, texts: Iterable[str]) -> None:
        """Check that the texts made from the file contain every character of the pieces that are taken.

        Raises:
            IpdocsError: characters are missing; reported as `text-unaccounted`.
        """
        if lost := missing_text(self.taken_texts(), texts):
            raise IpdocsError([unaccounted_finding(lost, Location(self.path))])


def missing_text(expected: Iterable[str], found: Iterable[str]) -> str:
    """Return the characters that are expected more often than they are found, without regard to order and white space.

    Compatible forms of a character, such as ² and 2, count as the same character.
    """
    return "".join((_characters(expected) - _characters(found)).elements())


def _characters(texts: Iterable[str]) -> Counter[str]:
    text = unicodedata.normalize("NFKD", "".join(texts))
    return Counter(re.sub(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+", "", text))


def unaccounted_finding(text: str, location: Location) -> Finding:
    """Return the finding on text of an incoming file that is neither taken nor left out."""
    message = f"ipdocs found this in the file but has no place for it: “{' '.join(text.split())[:80]}”"
    hint = "type the passage again in the file and import it again; please report this fault of ipdocs"
    return Finding("text-unaccounted", message, location, hint)
