"""Random damage to files: changed bytes and words, and damaged parts of archives."""

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


def damage(data: bytes, random: Random) -> bytes:
    """Return a text file after one to six random changes."""
    damaged = bytearray(data)
    for _ in range(random.randint(1, 6)):
        position = random.randrange(len(damaged) + 1)
        length = random.choice((1, 1, 2, 8, 64, 512))
        match random.randrange(7):
            case 0:
                damaged[position : position + length] = b""
            case 1:
                damaged[position:position] = random.choice(TOKENS)
            case 2:
                damaged[position : position + 1] = bytes([random.randrange(256)])
            case 3:
                damaged[position:position] = damaged[position : position + length] * random.choice((1, 2, 50))
            case 4:
                other = random.randrange(len(damaged) + 1)
                damaged[position:position] = damaged[other : other + length]
            case 5:
                tags = list(re.finditer(rb"<[^<>]{1,200}>", damaged))
                if tags:
                    tag = random.choice(tags)
                    damaged[tag.start() : tag.end()] = random.choice((b"", tag[0] * 3, b"</x>", b"<x>"))
            case _:
                numbers = list(re.finditer(rb"\d+", damaged))
                if numbers:
                    number = random.choice(numbers)
                    damaged[number.start() : number.end()] = random.choice((b"0", b"-1", b"4294967296", b"9" * 30, b"x", b""))
    return bytes(damaged)


def damage_archive(data: bytes, random: Random) -> bytes:
    """Return an Office file with one or two damaged parts, or with a damaged archive."""
    if random.random() < 0.25:
        return damage(data, random)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = [name for name in old.namelist() if name.endswith((".xml", ".rels"))]
        chosen = set(random.sample(names, min(len(names), random.randint(1, 2)))) | {random.choice(names)}
        if random.random() < 0.6:
            chosen = {next(name for name in names if name.endswith(("document.xml", "sheet1.xml")))}
        for name in old.namelist():
            if name in chosen and random.random() < 0.05:
                continue
            new.writestr(name, damage(old.read(name), random) if name in chosen else old.read(name))
    return out.getvalue()


def read_parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of an Office file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack_parts(parts: dict[str, bytes]) -> bytes:
    """Return an Office file with some parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def damage_each_part(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield an Office file cut off at many places, and with each part missing, broken, empty, nested deeply or replaced."""
    parts = read_parts(data)
    for length in range(0, len(data), len(data) // 16):
        yield f"cut at {length}", data[:length]
    for name, content in parts.items():
        yield f"no {name}", pack_parts({other: parts[other] for other in parts if other != name})
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
            yield f"{name} {kind}", pack_parts(parts | {name: changed})


VALUES = ("", "x", "-1", "²", "99999999999999999999", "word/x.xml", "rId1", "../x", "{{ x }}", "{% if %}")


def change_part(data: bytes, random: Random) -> bytes:
    """Return an Office file after one to four changes to a part, which almost always stays well-formed XML."""
    parts = read_parts(data)
    name = random.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    text = parts[name].decode()
    for _ in range(random.randint(1, 4)):
        pattern = random.choice((r'="([^"]*)"', r"<([\w:]+)(?: [^<>]*)?/>", r' [\w:]+="[^"]*"', r"<(w:\w+)>"))
        matches = list(re.finditer(pattern, text))
        if not matches:
            continue
        match = random.choice(matches)
        start, end = match.span()
        if pattern.startswith("="):
            text = f'{text[:start]}="{random.choice(VALUES)}"{text[end:]}'
        elif pattern.startswith("<(w:"):
            text = re.sub(rf"(</?){match[1]}\b", r"\1w:other", text)
        elif pattern.startswith("<") and random.random() < 0.5:
            text = text[:end] + match[0] * random.choice((1, 3)) + text[end:]
        else:
            text = text[:start] + text[end:]
    return pack_parts(parts | {name: text.encode()})
