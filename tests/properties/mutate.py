"""Files damaged by chance: bytes and words changed, parts of an archive damaged and packed again."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from random import Random

TOKENS = (
    *(
        b"<",
        b">",
        b"&",
        b"&#0;",
        b"&#xD800;",
        b"&#55357;",
        b"\0",
        b"\xff\xfe",
        b"\xe2\x80\xae",
        b"{{",
        b"}}",
        b"{{ x }}",
        b"**",
        b"*",
    ),
    *(
        b"[a](b)",
        b"]{keep}",
        b"[^n]",
        b"\\",
        b'"',
        b"\n",
        b"\r",
        b"\xe3\x80\x80",
        b"-1",
        b"99999999999999999999",
        b'id="1"',
        b"<w:p>",
    ),
    *(b"</w:p>", b'<pc id="1">', b'<ph id="9"/>', b'msgid "', b'msgstr[1] "x"', b"#~ ", b"#, fuzzy\n", b'w:val="-7"', b"<li>"),
    *(b"<table><tr><td>", "十七".encode(), "「".encode(), b"\xf0\x9f\x98\x80"),
)


def damaged(data: bytes, random: Random) -> bytes:
    """Return a text file with one to six changes."""
    made = bytearray(data)
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(made) + 1)
        length = random.choice((1, 1, 2, 8, 64, 512))
        match random.randrange(7):
            case 0:
                made[at : at + length] = b""
            case 1:
                made[at:at] = random.choice(TOKENS)
            case 2:
                made[at : at + 1] = bytes([random.randrange(256)])
            case 3:
                made[at:at] = made[at : at + length] * random.choice((1, 2, 50))
            case 4:
                other = random.randrange(len(made) + 1)
                made[at:at] = made[other : other + length]
            case 5:
                tags = list(re.finditer(rb"<[^<>]{1,200}>", made))
                if tags:
                    tag = random.choice(tags)
                    made[tag.start() : tag.end()] = random.choice((b"", tag[0] * 3, b"</x>", b"<x>"))
            case _:
                numbers = list(re.finditer(rb"\d+", made))
                if numbers:
                    number = random.choice(numbers)
                    made[number.start() : number.end()] = random.choice((b"0", b"-1", b"4294967296", b"9" * 30, b"x", b""))
    return bytes(made)


def damaged_archive(data: bytes, random: Random) -> bytes:
    """Return an Office file with a part damaged, or its archive itself."""
    if random.random() < 0.25:
        return damaged(data, random)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = [one for one in old.namelist() if one.endswith((".xml", ".rels"))]
        chosen = set(random.sample(names, min(len(names), random.randint(1, 2)))) | {random.choice(names)}
        if random.random() < 0.6:
            chosen = {next(one for one in names if one.endswith(("document.xml", "sheet1.xml")))}
        for name in old.namelist():
            if name in chosen and random.random() < 0.05:
                continue
            new.writestr(name, damaged(old.read(name), random) if name in chosen else old.read(name))
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of an Office file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """Return parts as an Office file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def each_part_damaged(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield an Office file cut at many places, and with each of its parts missing, broken, empty, nested deeply, or another."""
    parts = parts_of(data)
    for at in range(0, len(data), len(data) // 16):
        yield f"cut at {at}", data[:at]
    for name, content in parts.items():
        yield f"no {name}", packed({other: parts[other] for other in parts if other != name})
        if not name.endswith((".xml", ".rels")):
            continue
        beginning, end = re.match(rb"(?s).*?<\w[^?>]*?(?=/?>)", content), re.search(rb"</[\w:]+>\s*$", content)
        changes = {"broken": content[:-9], "empty": b"", "another": b"<x/>"}
        changes["in UTF-16"] = re.sub(r"<\?xml.*?\?>", "", content.decode()).encode("utf-16")
        if beginning and end:
            changes["without content"] = beginning[0] + b">" + end[0]
            for depth in (240, 5000):
                inner = b"<a>" * depth + b"</a>" * depth
                changes[f"{depth} deep"] = content[: end.start()] + inner + end[0]
        for kind, changed in changes.items():
            yield f"{name} {kind}", packed(parts | {name: changed})


VALUES = ("", "x", "-1", "²", "99999999999999999999", "word/x.xml", "rId1", "../x", "{{ x }}", "{% if %}")


def changed_part(data: bytes, random: Random) -> bytes:
    """Return an Office file with one to four changes to a part that nearly always leave it well-formed XML."""
    parts = parts_of(data)
    name = random.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    text = parts[name].decode()
    for _ in range(random.randint(1, 4)):
        pattern = random.choice((r'="([^"]*)"', r"<([\w:]+)(?: [^<>]*)?/>", r' [\w:]+="[^"]*"', r"<(w:\w+)>"))
        found = list(re.finditer(pattern, text))
        if not found:
            continue
        match = random.choice(found)
        start, end = match.span()
        if pattern.startswith("="):
            text = f'{text[:start]}="{random.choice(VALUES)}"{text[end:]}'
        elif pattern.startswith("<(w:"):
            text = re.sub(rf"(</?){match[1]}\b", r"\1w:other", text)
        elif pattern.startswith("<") and random.random() < 0.5:
            text = text[:end] + match[0] * random.choice((1, 3)) + text[end:]
        else:
            text = text[:start] + text[end:]
    return packed(parts | {name: text.encode()})
