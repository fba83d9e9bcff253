"""What all tests share: where the fixtures are, and the fixture release built once."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
RELEASE = ROOT / "fixtures/gd-hk-ip-17/release.yaml"
EXAMPLE = ROOT / "fixtures/example-gia/release.yaml"


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The files of the release of the 17th meeting in every language, format and layout, by the ends of their names."""
    from ipdocs.pipeline import build

    out = tmp_path_factory.mktemp("out")
    formats = ("docx", "pdf", "html", "txt")
    outputs = build([RELEASE], out, alone=["en", "tc", "sc"], together=["en+tc", "en+tc+sc"], formats=formats)
    return {output.path.name.removeprefix("gd-hk-ip-17."): output.path for output in outputs}
