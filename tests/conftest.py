"""Fixtures for all tests: paths of the example sources, and their files, built once."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import settings
from lxml import html

from ipdocs.pipeline.request import BuildRequest
from ipdocs.templating.html_document import HtmlDocument, Metadata, Stylesheet

# No deadline and fixed cases: results do not depend on the load of the machine, and failures are repeatable.
settings.register_profile("patient", deadline=None, derandomize=True)
settings.load_profile("patient")

os.environ["IPDOCS_TRACEBACK"] = "1"  # so that internal errors in other processes show a traceback

ROOT = Path(__file__).resolve().parents[1]
RELEASE = ROOT / "fixtures/gd-hk-ip-17/release.yaml"
EXAMPLE = ROOT / "fixtures/example-gia/release.yaml"


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The files of the release of the 17th meeting in every language, format and layout, by the end of their names."""
    from ipdocs.pipeline.build import build

    out = tmp_path_factory.mktemp("out")
    formats = ("docx", "pdf", "html", "txt")
    outputs = build([RELEASE], out, BuildRequest(editions=("en", "tc", "sc", "en+tc", "en+tc+sc"), formats=formats))
    return {output.path.name.removeprefix("gd-hk-ip-17."): output.path for output in outputs}


@pytest.fixture(scope="session")
def golden() -> Callable[[str, Path], None]:
    """Compare a text with a golden file; with IPDOCS_GOLDEN=accept, as `make golden` sets it, write the file instead."""

    def compare(text: str, path: Path) -> None:
        if os.environ.get("IPDOCS_GOLDEN") == "accept":
            path.write_text(text, "utf-8")
        assert text == path.read_text("utf-8"), f"{path.name} differs; `make golden` shows the difference and accepts it"

    return compare


@pytest.fixture(scope="session")
def tree_of() -> Callable[..., HtmlDocument]:
    """Make an HtmlDocument from an HTML body or page, in the languages that it names, with the shipped stylesheets."""
    from ipdocs.files.pictures.cleaning import clean_picture
    from ipdocs.locale.language import language
    from ipdocs.workspace import Workspace

    def make(page: str, css: str = "", assets: Mapping[str, bytes] | None = None, draft: bool = False) -> HtmlDocument:
        root = html.document_fromstring(page)
        names = list(dict.fromkeys(element.get("lang") for element in root.iter() if element.get("lang")))
        sheets = [Stylesheet(path, path.read_text("utf-8")) for path in (ROOT / "templates/_shared/base.css",)]
        issued = datetime(2018, 8, 22, 18, 30, tzinfo=timezone(timedelta(hours=8)))
        return HtmlDocument(
            root=root,
            stylesheets=(*sheets, Stylesheet(Path("test.css"), css)),
            languages=tuple(language(name, Workspace()) for name in names),
            metadata=Metadata("A title", "an-example", issued, issuer="Example Office"),
            draft=draft,
            assets={name: clean_picture(data) for name, data in (assets or {}).items()},
        )

    return make
