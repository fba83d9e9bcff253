"""Any text file becomes a source that parses and builds, and its words are in the source or listed as left out."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ipdocs.files.ledger import missing_text
from ipdocs.findings import IpdocsError
from ipdocs.importing.import_release import ImportSummary, import_release
from ipdocs.importing.readers import text
from ipdocs.source.characters import replace_forbidden
from ipdocs.source.open import open_source
from ipdocs.source.segment import segment, to_display_text
from ipdocs.source.texts import iter_texts

NOW = datetime(2026, 11, 22, 9, 0)
ALLOWED_FINDINGS = {
    "no-date",
    "possible-heading",
    "run-together-items",
    "no-partner",
    "doubtful-pair",
    "items-differ",
    "assumed-encoding",
    "unreadable-characters",
}
"""Findings on a file that has no fault of the import; those about syntax, such as unpaired-marker, are not among them."""

PIECES = st.sampled_from(
    [
        *("(1)", "（一）", "(a)", "(i)", "(c)", "一、", "①", "（甲）", "• ", "- ", "* ", "1. "),
        *("Ends", "完", "NNNN", "Ends/Tuesday, May 5, 2026", "完2026年5月5日", "HKT 18:30", "Date: May 5, 2026", "日期：", "###"),
        *("(with photos)", "（附圖）", "Related Links", "相關資料", "Print", "Home", "© 2019", "Copyright", "繁 | 简"),
        *(
            "{{ x }}",
            "{{",
            "}}",
            "{%",
            "[a](b)",
            "**",
            "*",
            "^2^",
            "~",
            "⟦…⟧",
            "[^1]",
            "\\",
            '"',
            "'",
            "#",
            "%",
            "- a: b",
            "|",
            "&x",
        ),
        *(
            "today (May 5)",
            "今日（五月五日）",
            "12%",
            "$3 million",
            "三百名",
            "The piers are open",
            "碼頭現已開放",
            "Reference: A/1",
            "Reference:",
            "檔號：",
        ),
        *(
            ".",
            "。",
            ";",
            "；及",
            "; and",
            ":",
            "：",
            "\t",
            "   ",
            "\u3000",
            "https://example.org/c_d",
            "[words]{keep}",
            "=====",
            "\x00",
        ),
    ]
)
LINES = st.one_of(
    st.lists(PIECES, max_size=5).map(" ".join),
    st.lists(PIECES, max_size=5).map("".join),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=30),
)
CONTENTS = st.lists(st.one_of(LINES, st.just("")), max_size=12).map("\n".join)


def _imported(path: Path, folder: Path) -> ImportSummary | None:
    """Import a file; return None if it has no text."""
    try:
        return import_release([path], folder, NOW)
    except IpdocsError as error:
        if {finding.code for finding in error.findings} != {"nothing-to-import"}:
            raise
        return None


@pytest.mark.slow
@settings(max_examples=150, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(CONTENTS)
def test_the_words_of_a_text_file_are_in_the_source_or_left_out(content: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "locales").mkdir()
        path = root / "release.txt"
        path.write_bytes(b"\xef\xbb\xbf" + content.encode())
        summary = _imported(path, root / "source")
        if summary is None:
            return
        assert {finding.code for finding in summary.findings} <= ALLOWED_FINDINGS
        document = open_source(summary.path, draft=True).document
        if document.facts:  # a fact stands for words of both languages
            return
        written = [to_display_text(segment(str(version))) for place in iter_texts(document) for version in place.texts.values()]
        left_out = [entry.text for _, entry in summary.left_out]
        markers = [paragraph.marker for paragraph in text.read(path).paragraphs]
        lost = missing_text([replace_forbidden("".join(content.split()))], [*written, *left_out, *markers])
        # The house style writes the ends of list items.
        assert set(lost) <= set(";.。及and")
