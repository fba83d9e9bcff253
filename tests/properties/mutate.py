"""Files damaged by chance: bytes and words changed, parts of an archive damaged and packed again."""

from __future__ import annotations

import io
import re
import zipfile
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
