"""Decode text whose character set the file states, or which is recognised from its content.

Labels and decoders are those of the WHATWG Encoding Standard. Its big5 has the characters of HKSCS; gb2312 and gbk are read as
GB18030, and iso-8859-1 as windows-1252.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ipdocs.files.big5 import decode_big5
from ipdocs.findings import Finding, IpdocsError, Location

_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16le"), (b"\xfe\xff", "utf-16be"))
_DISPLAY_NAMES = {
    "utf-8": "UTF-8",
    "utf-16le": "UTF-16LE",
    "utf-16be": "UTF-16BE",
    "big5": "Big5",
    "gbk": "GBK",
    "gb18030": "GB18030",
    "euc-kr": "EUC-KR",
    "euc-jp": "EUC-JP",
    "shift_jis": "Shift_JIS",
}
_CHINESE = ("big5", "gbk", "gb18030")
_PRESCAN_BYTES = 1024
"""The part of a page in which browsers look for its character set first."""

_MAX_PRESCAN_BYTES = 65_536
"""The part of a page in which its character set is looked for, since browsers also follow a later <meta>."""

_SAMPLE_BYTES = 400_000
"""The part of a file from which its character set is recognised."""

_MIN_PLAUSIBILITY = 0.6
"""The share of common characters that makes a character set plausible."""

_MAX_FINDINGS = 20
_TAG = re.compile(rb"<!--.*?-->|<meta[\s/]((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.I | re.S)
_ATTRIBUTE = re.compile(rb"([^\s=>\"'/]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([^\s;\"']+)", re.I)
_XML_DECLARATION = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)[\"']", re.I)
_HIGH_LETTERS = "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0152\u0153\u0160\u0161\u017d\u017e"
_LATIN = re.compile(f"[A-Za-z{_HIGH_LETTERS}]+")
_THREE_HIGH_LETTERS = re.compile(f"[{_HIGH_LETTERS}]{{3}}")
_LATIN_SIGN = re.compile(
    "[\u2018-\u201e\u2013\u2014\u2022\u2026\u20ac\u2122\u00a0\u00a3\u00a5\u00a7\u00a9\u00ab\u00ae\u00b0-\u00b3\u00b7\u00bb-\u00be\u00d7]"
)


@dataclass(frozen=True, slots=True)
class DecodedText:
    """The text of a file.

    Attributes:
        text: the text, without a byte order mark.
        encoding: the name of the character set in the WHATWG Encoding Standard, in lower case.
        findings: warnings about a character set that is assumed, and about characters that cannot be read.
    """

    text: str
    encoding: str
    findings: tuple[Finding, ...]


def decode_text(data: bytes, path: Path) -> DecodedText:
    """Decode a plain text file: by its byte order mark, or as UTF-8, UTF-16, Big5, GB18030 or windows-1252.

    Bytes that form no character become U+FFFD and are reported.

    Raises:
        IpdocsError: no character set fits the content; reported as `not-utf8`.
    """
    if marked := _byte_order_mark(data):
        return _decoded(data, marked, path)
    encoding, plausibility = _recognise(data)
    if plausibility < _MIN_PLAUSIBILITY:
        hint = "save the file as plain text in UTF-8"
        raise IpdocsError([Finding("not-utf8", "this is not text in a known character set", Location(path), hint)])
    return _decoded(data, encoding, path, "" if encoding == "utf-8" else "this file does not state its character set")


def decode_web_page(data: bytes, path: Path) -> DecodedText:
    """Decode a web page: by its byte order mark, by the character set that it states, or as its content suggests.

    The content decides, too, if a page states UTF-8 but is mostly something else, or states another character set but is UTF-8
    throughout. Bytes that form no character become U+FFFD and are reported.
    """
    if marked := _byte_order_mark(data):
        return _decoded(data, marked, path)
    stated = _stated_encoding(data)
    if not stated:
        encoding, plausibility = _recognise(data)
        encoding = encoding if plausibility >= _MIN_PLAUSIBILITY else "windows-1252"
        return _decoded(data, encoding, path, "" if encoding == "utf-8" else "this page does not state its character set")
    if (stated == "utf-8" and _is_mostly_not_utf8(data)) or (stated != "utf-8" and _is_utf8_throughout(data, stated)):
        encoding, plausibility = _recognise(data)
        if encoding != stated and plausibility >= _MIN_PLAUSIBILITY:
            return _decoded(data, encoding, path, f"this page states the character set {_display_name(stated)}")
    return _decoded(data, stated, path)


def _byte_order_mark(data: bytes) -> str:
    return next((encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark)), "")


def _decoded(data: bytes, encoding: str, path: Path, assumption: str = "") -> DecodedText:
    """Decode a file, and report what is assumed and each line with characters that cannot be read."""
    text = _decode(data, encoding).removeprefix("\ufeff").replace("\0", "\ufffd")
    findings: list[Finding] = []
    name = _display_name(encoding)
    if assumption:
        hint = "compare the text with the file; if characters are wrong, save the file as UTF-8 and import it again"
        findings.append(Finding("assumed-encoding", f"{assumption}; ipdocs reads it as {name}", Location(path), hint, "warning"))
    if "\ufffd" in text:
        lines = re.split("\r\n|\r|\n", text)
        unreadable = [(number, line.count("\ufffd")) for number, line in enumerate(lines, 1) if "\ufffd" in line]
        hint = "type the characters that U+FFFD stands for in the new source"
        for number, count in unreadable[:_MAX_FINDINGS]:
            message = f"{count} character{'s' if count > 1 else ''} of this line cannot be read as {name}"
            findings.append(Finding("unreadable-characters", message, Location(path, number), hint, "warning"))
        if len(unreadable) > _MAX_FINDINGS:
            message = f"{len(unreadable) - _MAX_FINDINGS} more lines have characters that cannot be read as {name}"
            location = Location(path, unreadable[_MAX_FINDINGS][0])
            findings.append(Finding("unreadable-characters", message, location, hint, "warning"))
    return DecodedText(text, encoding, tuple(findings))


def _display_name(encoding: str) -> str:
    return _DISPLAY_NAMES.get(encoding, encoding)


def _decode(data: bytes, encoding: str) -> str:
    """Decode text in a character set with a name of the standard; bytes that form no character become U+FFFD."""
    if encoding == "big5":
        return decode_big5(data)
    if encoding in ("utf-8", "utf-16le", "utf-16be"):
        return data.decode(encoding, "replace")
    from webencodings import lookup

    known = lookup("gb18030" if encoding == "gbk" else encoding)
    if known is None:
        return data.decode("cp1252", "replace")
    text, _ = known.codec_info.decode(data, "ipdocs-replace")
    return text.translate(_GB18030_CHARACTERS) if encoding in ("gbk", "gb18030") else text


_MULTIBYTE_CODECS = {"gb18030", "cp949", "cp932", "shift_jis", "euc_jp", "iso2022_jp"}


def _replace_bytes(error: UnicodeError) -> tuple[str, int]:
    """Replace bytes that form no character as the standard does: a pair is one character, but ASCII in a pair is kept."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    data, start = error.object, error.start
    if error.encoding not in _MULTIBYTE_CODECS:
        return "\ufffd", error.end
    if data[start] == 0x80 and error.encoding == "gb18030":
        return "€", start + 1
    is_pair = 0x80 < data[start] < 0xFF and start + 1 < len(data) and data[start + 1] >= 0x80
    return "\ufffd", start + 1 + is_pair


codecs.register_error("ipdocs-replace", _replace_bytes)

_GB18030_CHARACTERS = dict(
    zip(
        [0xE5E5, *range(0xE78D, 0xE797), 0xE7C7, 0xE81E, 0xE826, 0xE82B, 0xE82C, 0xE832, 0xE843, 0xE854, 0xE864],
        "\u3000\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19\u1e3f\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb",
        strict=True,
    )
)
"""The characters that GB18030-2022 has in place of those for private use of GB18030-2000, which Python has."""


def _stated_encoding(data: bytes) -> str:
    """Return the name of the character set that a page states in <meta> or in an XML declaration; "" if it states none."""
    from webencodings import lookup

    declaration = _XML_DECLARATION.match(data.lstrip()[:_PRESCAN_BYTES])
    labels = [_meta_label(data[:_PRESCAN_BYTES]), declaration[1] if declaration else b"", _meta_label(data[:_MAX_PRESCAN_BYTES])]
    for label in filter(None, labels):
        encoding = lookup(label.decode("latin-1").strip())
        if encoding is not None:
            # A page that can be read so far is in no form of UTF-16.
            name: str = encoding.name
            return {"utf-16le": "utf-8", "utf-16be": "utf-8", "x-user-defined": "windows-1252"}.get(name, name)
    return ""


def _meta_label(data: bytes) -> bytes:
    """Return the label of the character set in the first <meta> that has one, outside comments."""
    for tag in _TAG.finditer(data):
        attributes = _ATTRIBUTE.findall(tag[1] or b"")
        values: dict[bytes, bytes] = {name.lower(): double or single or bare for name, double, single, bare in attributes}
        if b"charset" in values:
            return values[b"charset"]
        content = _CHARSET.search(values.get(b"content", b""))
        if content and values.get(b"http-equiv", b"").lower() == b"content-type":
            return content[1]
    return b""


def _is_mostly_not_utf8(data: bytes) -> bool:
    """Whether more bytes above 7F are outside valid UTF-8 than inside."""
    text = data[:_SAMPLE_BYTES].decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return wrong > sum(character > "\x7f" for character in text) - wrong


def _is_utf8_throughout(data: bytes, stated: str) -> bool:
    """Whether a page is UTF-8 although it states another character set.

    A few characters of Big5 or GBK are valid UTF-8 by chance, but then each of them has two bytes.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    if text.isascii():
        return False
    is_by_chance = stated in _CHINESE and max(text) <= "\u07ff" and _plausibility(data, stated) >= _MIN_PLAUSIBILITY
    return not is_by_chance


def _recognise(data: bytes) -> tuple[str, float]:
    """Return the most plausible character set of a text, and the share of its characters that make it plausible."""
    sample = data[:_SAMPLE_BYTES]
    has_nul = b"\0" in sample
    if not has_nul:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            if not _is_mostly_not_utf8(data):
                return "utf-8", 1.0
        else:
            return "utf-8", 1.0
    candidates = ["utf-16le", "utf-16be"] if has_nul else ["big5", "gb18030", "windows-1252", "utf-16le", "utf-16be"]
    scores = {encoding: _plausibility(sample, encoding) for encoding in candidates}
    best = max(candidates, key=lambda encoding: scores[encoding])
    if scores[best] < _MIN_PLAUSIBILITY and 20 * data.count(0) <= len(data) and _is_utf8(data):
        return "utf-8", 1.0
    return best, scores[best]


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _plausibility(data: bytes, encoding: str) -> float:
    """Return the share of common characters among those above 7F, or among all in UTF-16; 1 if there are none."""
    text = _decode(data[:_SAMPLE_BYTES], encoding)
    if encoding.startswith("utf-16"):
        common = _common_characters("big5") | _common_characters("gb18030")
        is_ascii_text = re.compile("[\t\r\n -~]").fullmatch
        return sum(character in common or bool(is_ascii_text(character)) for character in text) / (len(text) or 1)
    count = sum(character > "\x7f" for character in text)
    if not count:
        return 1.0
    if encoding in _CHINESE:
        common = _common_characters("big5" if encoding == "big5" else "gb18030")
        return sum(character in common for character in text) / count
    if encoding == "windows-1252":
        in_words = sum(sum(character > "\x7f" for character in match[0]) for match in _LATIN.finditer(text) if _is_word(match[0]))
        return (in_words + len(_LATIN_SIGN.findall(text))) / count
    return 1 - text.count("\ufffd") / count


def _is_word(letters: str) -> bool:
    """Whether letters may be a word of a Western language, in which letters above 7F are in the minority."""
    high = sum(letter > "\x7f" for letter in letters)
    return high > 0 and (len(letters) == 1 or 2 * high <= len(letters)) and not _THREE_HIGH_LETTERS.search(letters)


@cache
def _common_characters(encoding: str) -> frozenset[str]:
    """Return the punctuation and the common ideographs, which Big5 and GB 2312 have in places of their own.

    GB18030 also has the common ideographs of Big5, for texts in Traditional Chinese.
    """
    big5 = _at_leads("big5hkscs", [*range(0xA4, 0xC7)])
    if encoding == "big5":
        return big5 | _at_leads("big5hkscs", [*range(0xA1, 0xA4)])
    return big5 | _at_leads("gb2312", [*range(0xA1, 0xA4), *range(0xB0, 0xD8)])


def _at_leads(codec: str, leads: Sequence[int]) -> frozenset[str]:
    """Return the characters of a codec whose first byte is among `leads`."""
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    pairs = b"".join(bytes((lead, trail)) for lead in leads for trail in trails)
    return frozenset(character for character in pairs.decode(codec, "ignore") if character > "\x7f")
