"""The glossary as TBX: export and import."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ipdocs.cli import app
from ipdocs.findings import IpdocsError
from ipdocs.locale.glossary import COLUMNS, clear_glossary
from ipdocs.locale.glossary import glossary as read_glossary
from ipdocs.pipeline.check import check
from ipdocs.translation.terms import export_terms, import_terms, move_old_glossary
from ipdocs.workspace import find_workspace

ROOT = Path(__file__).resolve().parents[3]
PACK = "locales/glossary/intellectual-property.csv"


@pytest.fixture
def glossary(tmp_path: Path) -> Path:
    (tmp_path / "locales/glossary").mkdir(parents=True)
    return Path(shutil.copy(ROOT / PACK, tmp_path / PACK))


def exported(glossary: Path, *changes: tuple[str, str]) -> Path:
    text = export_terms(glossary.parents[2] / "x.yaml").decode()
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path = glossary.parents[2] / "terms.tbx"
    path.write_text(text, "utf-8")
    return path


NEW = """<conceptEntry id="patent-box"><descrip type="subjectField">term</descrip>
<langSec xml:lang="en"><termSec><term>patent box</term></termSec></langSec>
<langSec xml:lang="zh-Hant-HK"><termSec><term>專利盒</term></termSec>
<termSec><term>專利箱</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec></langSec>
</conceptEntry></body>"""


def test_unchanged_terms_leave_every_byte_of_the_glossary(glossary: Path) -> None:
    before = glossary.read_bytes()
    result = import_terms(glossary, exported(glossary))
    assert (result.new, result.changed) == ((), ())
    assert glossary.read_bytes() == before


def test_new_term_is_added_at_the_end(glossary: Path) -> None:
    before = glossary.read_text("utf-8")
    assert import_terms(glossary, exported(glossary, ("</body>", NEW))).new == ("patent-box",)
    after = glossary.read_text("utf-8")
    assert after.startswith(before)
    assert after[len(before) :].strip() == "patent-box,term,general,patent box,專利盒,,,專利箱,,medium,,"


def test_changed_term_is_reported_before_it_is_imported(glossary: Path) -> None:
    path = exported(glossary, ("<term>專責小組</term>", "<term>專責組</term>"))
    with pytest.raises(IpdocsError) as caught:
        import_terms(glossary, path)
    (finding,) = caught.value.findings
    assert finding.code == "term-differs"
    assert all(quoted in finding.message for quoted in ("'expert-group'", "'專責小組'", "'專責組'"))
    assert import_terms(glossary, path, accept=True).changed == ("expert-group",)
    assert "expert-group,organisation,ip,Expert Group,專責組," in glossary.read_text("utf-8")


def test_term_without_chinese_is_refused(glossary: Path) -> None:
    bad = '<conceptEntry id="A B"><langSec xml:lang="en"><termSec><term>x</term></termSec></langSec></conceptEntry></body>'
    with pytest.raises(IpdocsError) as caught:
        import_terms(glossary, exported(glossary, ("</body>", bad)))
    assert [finding.code for finding in caught.value.findings] == ["bad-term"]


FORMULA_LIKE = ["=1+1", "+852 2345 6789", "-ed", "@SUM(A1)", "＝1"]


@pytest.mark.parametrize("term", FORMULA_LIKE)
def test_new_term_like_a_formula_is_quoted(term: str, glossary: Path) -> None:
    import_terms(glossary, exported(glossary, ("</body>", NEW.replace("patent box", term).replace("專利箱", f"{term}箱"))))
    row = list(csv.reader(io.StringIO(glossary.read_text("utf-8"))))[-1]
    assert [cell for cell in row if cell.startswith("'")] == [f"'{term}", f"'{term}箱"]
    imported = read_glossary(find_workspace(glossary)).terms["patent-box"]
    assert (imported.text("en"), imported.forbidden["tc"]) == (term, (f"{term}箱",))
    before = glossary.read_bytes()
    assert import_terms(glossary, exported(glossary)).changed == ()
    assert glossary.read_bytes() == before


@pytest.mark.parametrize("term", FORMULA_LIKE)
def test_changed_term_like_a_formula_is_quoted(term: str, glossary: Path) -> None:
    path = exported(glossary, ("<term>專責小組</term>", f"<term>{term}</term>"))
    assert import_terms(glossary, path, accept=True).changed == ("expert-group",)
    assert f"expert-group,organisation,ip,Expert Group,'{term}," in glossary.read_text("utf-8")
    assert read_glossary(find_workspace(glossary)).terms["expert-group"].text("tc") == term


def test_rewritten_table_quotes_older_formula_like_terms(glossary: Path) -> None:
    with glossary.open("a", encoding="utf-8") as file:
        file.write("hotline,term,ip,+852 2345 6789,熱線,,,,,high,,\n")
    assert read_glossary(find_workspace(glossary)).terms["hotline"].text("en") == "+852 2345 6789"
    path = exported(glossary, ("<term>專責小組</term>", "<term>專責組</term>"))
    import_terms(glossary, path, accept=True)
    assert "hotline,term,ip,'+852 2345 6789,熱線," in glossary.read_text("utf-8")
    assert read_glossary(find_workspace(glossary)).terms["hotline"].text("en") == "+852 2345 6789"


@pytest.mark.parametrize(("character", "code"), [("\x9b", "control-character"), ("\u202e", "bidirectional-control")])
def test_term_with_an_invisible_character_is_refused(character: str, code: str, glossary: Path) -> None:
    before = glossary.read_bytes()
    for changes in (
        ("</body>", NEW.replace("patent box", f"patent{character} box")),
        ("專責小組</term>", f"專責{character}</term>"),
    ):
        with pytest.raises(IpdocsError) as caught:
            import_terms(glossary, exported(glossary, changes), accept=True)
        assert code in [finding.code for finding in caught.value.findings]
    assert glossary.read_bytes() == before


def test_domain_and_source_go_out_and_come_back(glossary: Path) -> None:
    text = export_terms(glossary.parents[2] / "x.yaml").decode()
    assert '<descrip type="subjectField">ip</descrip>' in text
    assert '<admin type="source">Hong Kong e-Legislation</admin>' in text
    new = NEW.replace('"subjectField">term', '"subjectField">Trade Marks')
    import_terms(glossary, exported(glossary, ("</body>", new)))
    term = read_glossary(find_workspace(glossary)).terms["patent-box"]
    assert (term.domain, term.kind) == ("trade-marks", "term")


def test_another_domain_is_a_change_to_review(glossary: Path) -> None:
    path = exported(
        glossary,
        ('id="ip-trading">\n        <descrip type="subjectField">ip<', 'id="ip-trading"><descrip type="subjectField">law<'),
    )
    with pytest.raises(IpdocsError, match="domain 'ip' becomes 'law'"):
        import_terms(glossary, path)
    import_terms(glossary, path, accept=True)
    assert read_glossary(find_workspace(glossary)).terms["ip-trading"].domain == "law"


def test_changed_shipped_term_becomes_a_row_of_the_pack(glossary: Path) -> None:
    before = glossary.read_text("utf-8")
    path = exported(glossary, ("<term>勞工處</term>", "<term>勞工局</term>"))
    assert import_terms(glossary, path, accept=True).changed == ("labour-department",)
    added = glossary.read_text("utf-8").removeprefix(before).strip()
    assert added.startswith("labour-department,organisation,general,Labour Department,勞工局,,,,,medium,,")
    assert read_glossary(find_workspace(glossary)).terms["labour-department"].text("sc") == "劳工局"


def test_changed_term_stays_in_its_own_pack(glossary: Path) -> None:
    other = glossary.with_name("other.csv")
    other.write_text(f"{glossary.read_text('utf-8').splitlines()[0]}\nsite,term,general,site,地盤,,,,,high,,\n", "utf-8")
    before = glossary.read_bytes()
    import_terms(glossary, exported(glossary, ("<term>地盤</term>", "<term>工地</term>")), accept=True)
    assert "site,term,general,site,工地," in other.read_text("utf-8")
    assert glossary.read_bytes() == before


OLD = """\
\ufeffid,kind,en,tc,sc,cn,forbidden,allowed,confidence,note,pt\r
kiosk,term,news kiosk,小亭,,,,,high,"red, small",quiosque\r
dial,term,'+852 2345 6789,熱線,,,熱線電話,,low,\r
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return a glossary of an earlier version in a workspace with a source."""
    (tmp_path / "locales").mkdir()
    (tmp_path / "source.yaml").write_text(SOURCE, "utf-8")
    path = tmp_path / "locales/glossary.csv"
    path.write_text(OLD, "utf-8", newline="")
    return path


SOURCE = """\
schema: 1
kind: press-release
id: any
issued: 2026-03-02
languages: [en, tc]
title: {en: "A title", tc: "題目"}
body:
- {id: lead, paragraph: {en: "The news kiosk opened.", tc: "小屋開放。"}}
"""


def test_old_glossary_is_read_and_reported(old: Path) -> None:
    findings = check([old.parents[1] / "source.yaml"])
    assert [(finding.code, finding.severity) for finding in findings] == [("old-glossary", "warning"), ("term-differs", "error")]


@pytest.mark.parametrize("argument", ["locales/glossary.csv", "source.yaml"])
def test_format_moves_an_old_glossary(argument: str, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(old.parents[1])
    before = read_glossary(find_workspace(old))
    pack = old.parent / "glossary/office.csv"
    for output in ("locales/glossary/office.csv\n", ""):
        result = CliRunner().invoke(app, ["format", argument])
        assert (result.exit_code, result.stdout) == (0, output)
        assert (old.exists(), pack.exists()) == (False, True)
    after = read_glossary(find_workspace(old))
    assert {name: replace(term, location=before.terms[name].location) for name, term in after.terms.items()} == before.terms
    assert after.terms["kiosk"].text("pt") == "quiosque"
    assert [finding.code for finding in check([Path("source.yaml")])] == ["term-differs"]


def test_old_glossary_with_a_term_of_another_pack_stays(old: Path) -> None:
    pack = old.parent / "glossary/office.csv"
    pack.parent.mkdir()
    pack.write_text(f"{','.join(COLUMNS)}\nkiosk,term,general,news kiosk,小亭,,,,,high,,\n", "utf-8")
    with pytest.raises(IpdocsError, match=r"'kiosk' repeats the row in line 2 of office\.csv"):
        move_old_glossary(old)
    pack.write_text(pack.read_text("utf-8").replace("kiosk,", "booth,"), "utf-8")
    clear_glossary()
    assert move_old_glossary(old) == old.parent / "glossary/office-2.csv"


def test_terms_are_not_imported_into_an_old_glossary(old: Path) -> None:
    with pytest.raises(IpdocsError, match="no-glossary"):
        import_terms(old, old)
