"""The translate-toolkit reads the terms and the memory that ipdocs writes, and ipdocs reads what it writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from translate.storage.csvl10n import csvfile
from translate.storage.tbx import tbxfile
from translate.storage.tmx import tmxfile

from ipdocs.locale.glossary import COLUMNS, clear_glossary, glossary
from ipdocs.translation.memory.store import export_tmx, import_tmx, stored_units
from ipdocs.translation.terms import export_terms, import_terms
from ipdocs.workspace import Workspace, find_workspace

PAIRS = [("sea wall", "海堤"), ("mooring buoy", "繫泊浮標"), ("ferry & pier", "渡輪及碼頭")]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "locales/glossary/office.csv"
    path.parent.mkdir(parents=True)
    path.write_text(f"{','.join(COLUMNS)}\n", "utf-8")
    return path


def own_pairs(pack: Path) -> list[tuple[str, str]]:
    clear_glossary()
    terms = glossary(find_workspace(pack)).terms.values()
    return [(term.text("en"), term.text("tc")) for term in terms if term.location.path == pack]


@pytest.mark.parametrize(("store", "name"), [(tbxfile, "terms.tbx"), (csvfile, "terms.csv")])
def test_terms_of_the_toolkit_are_imported(store: type, name: str, pack: Path) -> None:
    file = store()
    file.settargetlanguage("zh-HK")
    for english, chinese in PAIRS:
        unit = file.addsourceunit(english)
        unit.target = chinese
    path = pack.parents[2] / name
    file.savefile(str(path))
    import_terms(pack, path)
    assert own_pairs(pack) == PAIRS


def test_the_toolkit_reads_exported_terms(pack: Path, tmp_path: Path) -> None:
    rows = [{"id": f"t{number}", "en": english, "tc": chinese} for number, (english, chinese) in enumerate(PAIRS)]
    cells = [row | {"kind": "term", "domain": "general", "confidence": "high", "forbidden": "海牆"} for row in rows]
    pack.write_text("\n".join([",".join(COLUMNS), *(",".join(row.get(name, "") for name in COLUMNS) for row in cells)]), "utf-8")
    clear_glossary()
    path = tmp_path / "out.tbx"
    path.write_bytes(export_terms(tmp_path / "source.yaml", version=2))
    units = tbxfile.parsefile(str(path)).units
    assert len(units) == len(glossary(find_workspace(pack)).terms)
    assert set(PAIRS) <= {(unit.source, unit.target) for unit in units}


def test_memory_goes_through_the_toolkit(tmp_path: Path) -> None:
    (tmp_path / "locales").mkdir()
    workspace, written, exported = Workspace(tmp_path), tmp_path / "toolkit.tmx", tmp_path / "exported.tmx"
    file = tmxfile()
    for english, chinese in PAIRS:
        file.addtranslation(english, "en", chinese, "zh_HK")
    file.savefile(str(written))
    import_tmx(written, workspace, "approved")
    assert [(unit.texts["en"], unit.texts["tc"]) for unit in stored_units(workspace)] == [((en,), (tc,)) for en, tc in PAIRS]
    export_tmx(exported, workspace)
    with exported.open("rb") as stream:
        read_back = tmxfile(stream, "en", "zh-Hant-HK")
    assert [(unit.source, unit.target) for unit in read_back.units] == PAIRS
