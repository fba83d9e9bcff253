"""Time of a warm PDF: a release in Chinese, tagged and archival. `peers.py` compares it with typst."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ipdocs.locale.language import language
from ipdocs.localisation.localise import localise
from ipdocs.source.open import open_source
from ipdocs.templating.render_html import render_html
from ipdocs.workspace import find_workspace
from ipdocs.writers import pdf

pytestmark = pytest.mark.bench


def test_chinese_release_is_written_to_pdf_in_time(benchmark: Callable[..., Any], root: Path) -> None:
    source = root / "fixtures/gd-hk-ip-17/release.yaml"
    workspace = find_workspace(source)
    view = localise(open_source(source, workspace), language("tc", workspace))
    tree = render_html([view])
    session = pdf.prepare([tree], workspace)
    written = benchmark(pdf.write, tree, session)
    assert written.data
