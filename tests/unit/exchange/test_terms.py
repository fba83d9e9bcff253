"""The glossary as TBX: export and import."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.locale.glossary import glossary as read_glossary
from ipdocs.translation.terms import export_terms, import_terms
from ipdocs.workspace import find_workspace

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def glossary(tmp_path: Path) -> Path:
    (tmp_path / "locales").mkdir()
    return Path(shutil.copy(ROOT / "locales/glossary.csv", tmp_path / "locales/glossary.csv"))


def exported(glossary: Path, *changes: tuple[str, str]) -> Path:
    text = export_terms(glossary.parent / "x.yaml").decode()
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path = glossary.parents[1] / "terms.tbx"
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
    assert after[len(before) :].strip() == "patent-box,term,patent box,專利盒,,,專利箱,,medium,"


def test_changed_term_is_reported_before_it_is_imported(glossary: Path) -> None:
    path = exported(glossary, ("<term>專責小組</term>", "<term>專責組</term>"))
    with pytest.raises(IpdocsError) as caught:
        import_terms(glossary, path)
    (finding,) = caught.value.findings
    assert finding.code == "term-differs"
    assert all(quoted in finding.message for quoted in ("'expert-group'", "'專責小組'", "'專責組'"))
    assert import_terms(glossary, path, accept=True).changed == ("expert-group",)
    assert "expert-group,organisation,Expert Group,專責組," in glossary.read_text("utf-8")


def test_term_without_id_or_chinese_is_refused(glossary: Path) -> None:
    bad = '<conceptEntry id="A B"><langSec xml:lang="en"><termSec><term>x</term></termSec></langSec></conceptEntry></body>'
    with pytest.raises(IpdocsError) as caught:
        import_terms(glossary, exported(glossary, ("</body>", bad)))
    assert [finding.code for finding in caught.value.findings] == ["bad-term", "bad-term"]


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
    assert f"expert-group,organisation,Expert Group,'{term}," in glossary.read_text("utf-8")
    assert read_glossary(find_workspace(glossary)).terms["expert-group"].text("tc") == term


def test_rewritten_table_quotes_older_formula_like_terms(glossary: Path) -> None:
    with glossary.open("a", encoding="utf-8") as file:
        file.write("hotline,term,+852 2345 6789,熱線,,,,,high,\n")
    assert read_glossary(find_workspace(glossary)).terms["hotline"].text("en") == "+852 2345 6789"
    path = exported(glossary, ("<term>專責小組</term>", "<term>專責組</term>"))
    import_terms(glossary, path, accept=True)
    assert "hotline,term,'+852 2345 6789,熱線," in glossary.read_text("utf-8")
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
