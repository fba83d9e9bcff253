"""Reading of a damaged file by all its readers, which may raise findings but no other errors."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from random import Random

from ipdocs.findings import IpdocsError
from ipdocs.importing.import_release import import_release
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.review.word import reviewed_file
from ipdocs.source.open import open_source
from ipdocs.source.segment import to_source_text
from ipdocs.translation.export import ENDINGS, export_translations
from ipdocs.translation.formats import docx, po, tbx, tmx, xliff1, xliff2_reader, xlsx
from ipdocs.translation.job import ReturnedFile, TranslationJob, translation_job
from ipdocs.translation.returned_file import check_returned_file
from ipdocs.translation.terms import export_terms
from ipdocs.workspace import Workspace

from .mutate import damage, damage_archive

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 22)
KINDS = ("docx", "html", "txt", "xliff2", "xliff1", "po", "tmx", "table", "xlsx", "tbx")


class Attempts:
    """Intact files of every kind, and a folder in which damaged copies are read."""

    def __init__(self, folder: Path) -> None:
        (folder / "locales").mkdir(parents=True)
        self.folder = folder
        source = folder / "example-gia/release.yaml"
        shutil.copytree(ROOT / "fixtures/example-gia", source.parent)
        self.sent: TranslationJob = translation_job(open_source(source), "tc")
        outputs = build([source], folder / "out", BuildRequest(editions=("en",), formats=("docx", "html", "txt")))
        self.seeds = {output.format: output.path.read_bytes() for output in outputs}
        self.seeds |= {
            form: export_translations(open_source(source, draft=True), "tc", form) for form in ENDINGS if form != "docx"
        }  # type: ignore[arg-type]
        self.seeds |= {"table": export_translations(open_source(source, draft=True), "tc", "docx"), "tbx": export_terms(source)}
        self.number = 0

    def read(self, kind: str, seed: int) -> None:
        """Damage a file of a kind and read it; texts that are read must be fit for a source."""
        random = Random(seed)
        self.number += 1
        archive = kind in ("docx", "table", "xlsx")
        data = (damage_archive if archive else damage)(self.seeds[kind], random)
        ending = {"table": "docx", "tbx": "tbx"}.get(kind) or ENDINGS.get(kind, kind)
        path = self.folder / f"damaged.{ending}"
        path.write_bytes(data)
        before = {path for path in self.folder.parent.rglob("*") if "imported" not in path.parts}
        with suppress(IpdocsError):
            self._read(kind, path)
        assert {path for path in self.folder.parent.rglob("*") if "imported" not in path.parts} == before
        shutil.rmtree(self.folder / "imported", ignore_errors=True)

    def _read(self, kind: str, path: Path) -> None:
        if kind in ("docx", "html", "txt"):
            import_release([path], self.folder / "imported", NOW)
            if kind == "docx":
                reviewed_file.read(path)
            return
        if kind == "tbx":
            tbx.read(path, Workspace())
            return
        readers: dict[str, Callable[[Path], ReturnedFile]] = {
            "xliff2": xliff2_reader.read,
            "xliff1": xliff1.read,
            "po": po.read,
            "table": docx.read,
            "xlsx": xlsx.read,
            "tmx": lambda path: tmx.read(path, Workspace(), "en", "tc"),
        }
        imported = check_returned_file(self.sent, readers[kind](path), path, lambda source, target: [])
        for parts in imported.texts.values():
            assert to_source_text(parts).strip()
