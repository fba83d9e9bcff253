"""The words of exported texts are those that LibreOffice counts."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from ipdocs.source.open import open_source
from ipdocs.source.segment import segment, to_display_text
from ipdocs.source.texts import iter_texts
from ipdocs.translation.counting import count_text

pytestmark = pytest.mark.slow

SIGNS = """\
The co-operation of 3.2 million people - and/or others - was well-known.
He said "yes" & left — then came back. 8–9 people, e.g. Mr Li's, paid $3,200.50 at 3:30 p.m.
渡輪「甲」號於2027年3月9日啟航，A座碼頭共有512人（包括12名兒童）。
"""


def libreoffice_count(text: str, folder: Path) -> int:
    (folder / "text.txt").write_text(text, "utf-8")
    home = f"-env:UserInstallation=file://{folder}/office"
    command = ["soffice", home, "--headless", "--convert-to", "odt:writer8", "--infilter=Text (encoded):UTF8", "--outdir"]
    subprocess.run([*command, str(folder), str(folder / "text.txt")], check=True, capture_output=True, timeout=120)
    with zipfile.ZipFile(folder / "text.odt") as archive:
        (count,) = re.findall('meta:word-count="([0-9]+)"', archive.read("meta.xml").decode())
    return int(count)


@pytest.mark.parametrize("code", ["en", "tc"])
def test_words_are_those_of_libreoffice(code: str, root: Path, tmp_path: Path) -> None:
    source = open_source(root / "fixtures/gd-hk-ip-17/release.yaml", draft=True)
    texts = [place.texts[code] for place in iter_texts(source.document) if code in place.texts]  # type: ignore[index]
    plain = "\n".join([*(to_display_text(segment(re.sub(r"\{\{.*?\}\}", "X7", str(text)))) for text in texts), SIGNS])
    count = count_text((plain,))
    expected = libreoffice_count(plain, tmp_path)
    assert expected > 100
    assert abs(count.words + count.characters - expected) <= expected * 0.01
