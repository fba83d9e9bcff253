from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ipdocs.locale.catalog_update import derive, extract, extract_messages, update
from ipdocs.locale.catalogs import read_po
from ipdocs.workspace import Workspace

NOW, LATER = datetime(2018, 8, 22, tzinfo=UTC), datetime(2019, 1, 1, tzinfo=UTC)
TEMPLATE = """{# TRANSLATORS: stands above the title #}
<p>{% trans who=x %}On behalf
   of {{ who }}{% endtrans %}</p>
{% trans count=n %}one case{% pluralize %}{{ count }} cases{% endtrans %}
{{ pgettext("minutes", "Present") }}
"""
SECTION = """schema: 1
facts: {city: {text: {en: "Guangzhou", tc: "廣州"}}}
body:
  - id: about
    paragraph: {en: "Held in {{ city }}, 5% of it."}
  - id: more
    list:
      items:
        - en: |
            Two
            lines.
  - id: record
    only: en
    paragraph: {en: "In English only."}
"""
TAGS = {"tc": "zh-Hant-HK", "sc": "zh-Hans-HK", "cn": "zh-Hans-CN"}


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    (tmp_path / "templates/boilerplate").mkdir(parents=True)
    (tmp_path / "templates/kind.html").write_text(TEMPLATE, "utf-8")
    (tmp_path / "templates/boilerplate/about.yaml").write_text(SECTION, "utf-8")
    return Workspace(tmp_path)


def po(space: Workspace, code: str) -> Path:
    assert space.root
    return space.root / "locales" / TAGS[code] / "phrases.po"


def translate(space: Workspace, english: str, text: str, code: str = "tc") -> None:
    path = po(space, code)
    before = path.read_text("utf-8")
    marker = f'msgid "{english}"\nmsgstr "'
    assert marker in before
    start = before.index(marker) + len(marker)
    path.write_text(before[:start] + text + before[before.index('"\n', start) :], "utf-8")


def test_phrases_have_their_file_and_translator_comment(space: Workspace) -> None:
    assert space.root
    catalog = extract_messages(space.root)
    assert [message.id for message in catalog if message.id] == [
        "Held in {{ city }}, 5% of it.",
        "Two lines.",
        "On behalf of %(who)s",
        ("one case", "%(count)s cases"),
        "Present",
    ]
    message = catalog["On behalf of %(who)s"]
    assert message.auto_comments == ["stands above the title"]
    assert message.locations == [("templates/kind.html", 2)]
    assert catalog.get("Present", "minutes") is not None


def test_text_with_a_per_cent_sign_is_not_a_format(space: Workspace) -> None:
    text = extract(space, NOW).read_text("utf-8")
    assert '#: templates/boilerplate/about.yaml\nmsgid "Held in {{ city }}, 5% of it."' in text
    assert '#, python-format\nmsgid "On behalf of %(who)s"' in text


def test_unchanged_catalog_is_not_rewritten(space: Workspace) -> None:
    path = extract(space, NOW)
    update(space, NOW)
    before = path.read_bytes(), po(space, "tc").read_bytes()
    extract(space, LATER)
    assert update(space, LATER) == []
    assert (path.read_bytes(), po(space, "tc").read_bytes()) == before


def test_changed_phrase_keeps_its_text_as_fuzzy(space: Workspace) -> None:
    update(space, NOW)
    translate(space, "On behalf of %(who)s", "代%(who)s")
    assert space.root
    (space.root / "templates/kind.html").write_text(TEMPLATE.replace("On behalf", "Issued on behalf"), "utf-8")
    assert update(space, LATER) == [po(space, "tc")]
    message = read_po(po(space, "tc"))["Issued on behalf of %(who)s"]
    assert (message.string, message.fuzzy) == ("代%(who)s", True)


def test_unused_phrase_of_a_person_becomes_obsolete(space: Workspace) -> None:
    update(space, NOW)
    translate(space, "Two lines.", "兩行。")
    assert space.root
    (space.root / "templates/boilerplate/about.yaml").unlink()
    update(space, LATER)
    assert [message.string for message in read_po(po(space, "tc")).obsolete.values()] == ["兩行。"]


def test_derived_languages_are_converted_and_marked(space: Workspace) -> None:
    update(space, NOW)
    translate(space, "Two lines.", "透過說明。")
    assert derive(space, NOW) == [po(space, "sc"), po(space, "cn")]
    assert read_po(po(space, "sc"))["Two lines."].string == "透过说明。"
    message = read_po(po(space, "cn"))["Two lines."]
    assert message.string == "通过说明。"
    assert message.user_comments[0].startswith("converted from tc [")
    assert derive(space, LATER) == []


def test_deriving_again_follows_the_traditional_text(space: Workspace) -> None:
    update(space, NOW)
    translate(space, "Two lines.", "說明。")
    derive(space, NOW)
    translate(space, "Two lines.", "兩行。")
    derive(space, LATER)
    assert read_po(po(space, "sc"))["Two lines."].string == "两行。"


def test_deriving_never_overwrites_written_text(space: Workspace) -> None:
    update(space, NOW)
    translate(space, "Two lines.", "說明。")
    derive(space, NOW)
    translate(space, "Two lines.", "解释。", "sc")
    translate(space, "Two lines.", "兩行。")
    assert derive(space, LATER) == [po(space, "cn")]
    assert read_po(po(space, "sc"))["Two lines."].string == "解释。"


def test_fuzzy_and_missing_phrases_are_not_derived(space: Workspace) -> None:
    update(space, NOW)
    path = po(space, "tc")
    path.write_text(
        path.read_text("utf-8").replace('msgid "Two lines."\nmsgstr ""', '#, fuzzy\nmsgid "Two lines."\nmsgstr "舊"'), "utf-8"
    )
    derive(space, NOW)
    assert {message.string for message in read_po(po(space, "sc")) if message.id} == {"", ("",)}


def test_the_files_pass_msgfmt(space: Workspace, root: Path) -> None:
    update(space, NOW)
    translate(space, "On behalf of %(who)s", "代%(who)s")
    derive(space, NOW)
    files = [po(space, code) for code in TAGS] + sorted(root.glob("locales/*/phrases.po"))
    for path in files:
        subprocess.run(["msgfmt", "--check", "--output-file=/dev/null", str(path)], check=True)


def test_shipped_catalogs_are_up_to_date(root: Path, tmp_path: Path) -> None:
    expected = {(message.id, message.context) for message in extract_messages(root) if message.id}
    for tag in TAGS.values():
        assert {
            (message.id, message.context) for message in read_po(root / "locales" / tag / "phrases.po") if message.id
        } == expected
