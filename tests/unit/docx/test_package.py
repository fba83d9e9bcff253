"""The file: its properties, and reproducible bytes."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from typing import Any

import docx as python_docx
import pytest

from ipdocs.findings import IpdocsError
from ipdocs.templating.html_document import ELEMENTS
from ipdocs.writers import docx

Make = Callable[..., Any]
BODY = "<h1>t</h1><p>a <a href='https://example.org/'>b</a></p><ul><li>c</li></ul><table><tr><td>d</td></tr></table>"


def test_core_properties_describe_the_document(word: Make) -> None:
    properties = python_docx.Document(io.BytesIO(word("<p>文字</p>", lang="zh-Hant-HK").data)).core_properties
    assert (properties.title, properties.author, properties.identifier, properties.language) == (
        "A title",
        "Example Office",
        "an-example",
        "zh-HK",
    )
    assert properties.created is not None
    assert properties.created.isoformat() == "2018-08-22T10:30:00+00:00"
    assert properties.created == properties.modified


def test_bytes_do_not_depend_on_the_clock(word: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    first = word(BODY, draft=True).data
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    real = time.localtime
    monkeypatch.setattr(time, "localtime", lambda *now: real(2_000_000_000))
    assert word(BODY, draft=True).data == first


def test_all_package_members_have_the_same_time(word: Make) -> None:
    with zipfile.ZipFile(io.BytesIO(word(BODY).data)) as file:
        assert {member.date_time for member in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_short_document_is_a_small_file(word: Make) -> None:
    assert len(word("<p>a</p>").data) < 8_000


def test_every_element_of_the_vocabulary_is_handled() -> None:
    assert docx.HANDLED == ELEMENTS


@pytest.mark.parametrize("html", ["<p><code>x</code></p>", "<marquee>x</marquee>"])
def test_unknown_element_is_an_error(word: Make, html: str) -> None:
    with pytest.raises(IpdocsError) as raised:
        word(html)
    assert raised.value.findings[0].code == "unknown-element"
    assert "a, article, aside" in (raised.value.findings[0].hint or "")
