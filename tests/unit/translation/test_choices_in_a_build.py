from __future__ import annotations

import shutil
from pathlib import Path

from ipdocs.locale.conversion.choice import Choice
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.source.update import store_choices


def test_build_uses_the_recorded_choices(root: Path, tmp_path: Path) -> None:
    source = tmp_path / "release.yaml"
    shutil.copy(root / "fixtures/gd-hk-ip-17/release.yaml", source)
    store_choices(source, [Choice("tc", "cn", "資訊資源共享", "资讯资源共享")])
    (output,) = build([source], tmp_path / "out", BuildRequest(editions=("cn",), formats=("txt",)))
    text = output.path.read_text("utf-8")
    assert "资讯资源共享" in text
    assert "知识产权信息共享" in text
