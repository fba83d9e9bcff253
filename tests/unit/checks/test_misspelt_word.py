"""Words that the dictionary lacks.

The dictionaries are those of the packages hunspell-en-gb, hunspell-en-us and hunspell-pt-pt.
"""

from __future__ import annotations

import csv
import json
import os
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

import ipdocs.checks.misspelt_word as misspelt_word
from ipdocs.cli import app
from ipdocs.cli.user import dictionary_folders
from ipdocs.files.reading import read_bytes
from ipdocs.findings import Finding
from ipdocs.locale.spelling import hunspell
from ipdocs.pipeline import dictionaries
from ipdocs.pipeline.check import check
from ipdocs.pipeline.dictionaries import SpellingOptions
from ipdocs.pipeline.fix import fix

HEAD = """\
schema: 1
kind: press-release
id: any
style: {style}
issued: 2018-08-21
languages: [en]
{facts}title: {{en: "A title"}}
body:
"""
FACTS = 'facts:\n  speaker: {person: {name: {en: "Berwyn Quillfeather"}, post: {en: "Curator"}}}\n'


@pytest.fixture(scope="module")
def options(tmp_path_factory: pytest.TempPathFactory) -> SpellingOptions:
    return SpellingOptions(dictionary_folders(), tmp_path_factory.mktemp("words"))


def source(folder: Path, *texts: str, style: str = "gia", block: str = "") -> Path:
    """Write a release with a paragraph for each text, in a workspace of its own."""
    (folder / "locales").mkdir(exist_ok=True)
    paragraphs = "".join(
        f"  - {{id: b{number}, paragraph: {{en: {json.dumps(text, ensure_ascii=False)}}}{block}}}\n"
        for number, text in enumerate(texts)
    )
    path = folder / "release.yaml"
    facts = FACTS if "speaker" in paragraphs else ""
    path.write_text(HEAD.format(style=style, facts=facts) + paragraphs, "utf-8")
    return path


def misspelt(path: Path, options: SpellingOptions) -> list[Finding]:
    return [finding for finding in check([path], spelling=options) if finding.code == "misspelt-word"]


def words(path: Path, options: SpellingOptions) -> list[str]:
    return [finding.excerpts[0].words for finding in misspelt(path, options)]


@pytest.mark.parametrize("style", ["gia", "reprint"])
def test_typing_errors_are_found(style: str, tmp_path: Path, options: SpellingOptions) -> None:
    with (Path(__file__).parent / "typing_errors.csv").open(encoding="utf-8", newline="") as file:
        meant_by_error = {row["typed"]: row["meant"] for row in csv.DictReader(file)}
    path = source(tmp_path, *(f"The office noted the {typed} of the scheme." for typed in meant_by_error), style=style)
    hint_by_word = {finding.excerpts[0].words: finding.hint or "" for finding in misspelt(path, options)}
    suggested = [word for word, hint in hint_by_word.items() if meant_by_error[word] in hint]
    assert len(meant_by_error) > 100
    assert len(hint_by_word) > 0.95 * len(meant_by_error)
    assert len(suggested) > 0.9 * len(hint_by_word)


def test_posts_and_texts_of_facts_are_checked_and_names_are_not(tmp_path: Path, options: SpellingOptions) -> None:
    path = source(tmp_path, "{{ speaker }} spoke at {{ venue }}. {{ speaker }} left {{ venue }}.")
    facts = FACTS.replace("Quillfeather", "Offiser").replace("Curator", "Secretery for Parks")
    text = path.read_text("utf-8").replace(FACTS, facts + '  venue: {text: {en: "the Libary"}}\n')
    path.write_text(text, "utf-8")
    assert words(path, options) == ["Secretery", "Libary"]


def test_no_single_letter_is_suggested(tmp_path: Path, options: SpellingOptions) -> None:
    (finding,) = misspelt(source(tmp_path, "They saw a uk of land."), options)
    assert " k" not in str(finding.hint)


@pytest.mark.parametrize(
    "text",
    [
        "Ms Tessaline Brockhurstle met Dr Yardsmann in Oberwiesenfeld.",
        "The HKIPD's 35 CPIs, a PDF and NovaGene are on www.qzxw.gov.hk/en/xyzzq.html or at zzq@example.org.",
        "See form TM12b, file_xyzq.pdf, src/qwzx/vbnm and 12kgs, e.g. 35 kgs of it, etc. and so on.",
        "The office’s re-organised, co-operative and cross-boundary hotline is the applicants’ choice.",
        "They spoke *quodlibetque* at the 粵港 meeting with Chan Tai-yuk and WONG Siu-fei.",
        "Xyloquent opened. The public liked Xyloquent. Nobody saw Xyloquent.",
        "The centre organised the programme. The organizer honoured it.",
        "{{ speaker }} thanked Quillfeather.",
    ],
)
def test_names_and_codes_are_left_alone(text: str, tmp_path: Path, options: SpellingOptions) -> None:
    assert words(source(tmp_path, text), options) == []


def test_a_word_with_a_capital_is_a_name_if_it_is_repeated(tmp_path: Path, options: SpellingOptions) -> None:
    sentence = "They met at the Libarry in May."
    assert words(source(tmp_path, sentence), options) == ["Libarry"]
    assert words(source(tmp_path, sentence, "She likes the Libarry."), options) == []


def test_misspelt_words_with_capitals_are_found(tmp_path: Path, options: SpellingOptions) -> None:
    path = source(tmp_path, "The Hong Kong Goverment met the Customs Deparment.", "Cheif officers met. It was proviisonal.")
    assert words(path, options) == ["Goverment", "Deparment", "Cheif", "proviisonal"]


def test_parts_of_compounds_are_looked_up(tmp_path: Path, options: SpellingOptions) -> None:
    assert words(source(tmp_path, "A cross-bondary and well-knwon scheme of the commitee’s."), options) == [
        "bondary",
        "knwon",
        "commitee",
    ]


def test_one_word_is_one_finding_with_all_places(tmp_path: Path, options: SpellingOptions) -> None:
    (finding,) = misspelt(source(tmp_path, "We recieve it.", "They recieve it. Recieve it?"), options)
    assert (finding.severity, finding.count) == ("warning", 3)
    assert finding.location is not None
    assert (finding.location.line, finding.location.length) == (9, 7)


def test_american_spelling_is_right_in_reprints(tmp_path: Path, options: SpellingOptions) -> None:
    text = "The aluminum program was analyzed."
    assert words(source(tmp_path, text), options) == ["aluminum", "analyzed"]
    assert words(source(tmp_path, text, style="reprint"), options) == []


def test_own_words_are_right(tmp_path: Path, options: SpellingOptions) -> None:
    path = source(tmp_path, "The flumboxer and its frumblewick.")
    (tmp_path / "locales/en").mkdir()
    (tmp_path / "locales/en/words.txt").write_text("# of this office\nflumboxer  # a machine\n\nlivestream\n", "utf-8")
    assert words(path, options) == ["frumblewick"]


def test_words_of_the_glossary_are_right(tmp_path: Path, options: SpellingOptions) -> None:
    rows = "id,kind,en,tc,sc,cn,forbidden,allowed,confidence,note\nglim,term,glimforth register,登記冊,,,,,high,\n"
    path = source(tmp_path, "The glimforth is open.")
    (tmp_path / "locales/glossary.csv").write_text(rows, "utf-8")
    assert words(path, options) == []


def test_two_words_on_a_line_of_own_words_are_reported(tmp_path: Path, options: SpellingOptions) -> None:
    path = source(tmp_path, "A form.")
    (tmp_path / "locales/en").mkdir()
    (tmp_path / "locales/en/words.txt").write_text("flumboxer\ntwo words\n", "utf-8")
    (finding,) = check([path], spelling=options)
    assert (finding.code, finding.location and finding.location.line) == ("bad-data", 2)


def test_a_spelling_can_be_allowed(tmp_path: Path, options: SpellingOptions) -> None:
    path = source(tmp_path, "We recieve it.", block=', allow: {misspelt-word: "as published"}')
    assert check([path], spelling=options) == []
    assert check([path]) == []


def test_a_workspace_can_make_it_an_error(tmp_path: Path, options: SpellingOptions) -> None:
    path = source(tmp_path, "We recieve it.")
    (tmp_path / "checks.yaml").write_text("misspelt-word: error\n", "utf-8")
    assert [finding.severity for finding in misspelt(path, options)] == ["error"]


def test_fix_leaves_spelling_alone(tmp_path: Path, options: SpellingOptions) -> None:
    path = source(tmp_path, "We recieve  it.")
    _, result = fix([path], spelling=options)
    assert "We recieve it." in path.read_text("utf-8")
    assert [finding.code for finding in result.findings] == ["misspelt-word"]


def test_minutes_are_checked(root: Path, options: SpellingOptions) -> None:
    minutes = root / "fixtures/gd-hk-ip-17-minutes/minutes.yaml"
    assert misspelt(minutes, options) == []


def test_a_missing_dictionary_is_one_error(tmp_path: Path) -> None:
    first, second = source(tmp_path, "We recieve it."), tmp_path / "other.yaml"
    second.write_bytes(first.read_bytes().replace(b"id: any", b"id: other"))
    (finding,) = [
        finding
        for finding in check([first, second], spelling=SpellingOptions((tmp_path,), tmp_path / "cache"))
        if finding.code != "repeated-text"
    ]
    assert (finding.code, finding.severity) == ("no-dictionary", "error")
    assert "apt install hunspell-en-gb" in (finding.hint or "")


def test_a_workspace_can_bring_a_dictionary(tmp_path: Path) -> None:
    path = source(tmp_path, "A worgle is here.")
    (tmp_path / "locales/en").mkdir()
    (tmp_path / "locales/en/en_GB.aff").write_text("SET UTF-8\n", "utf-8")
    (tmp_path / "locales/en/en_GB.dic").write_text("3\na\nis\nworgle\n", "utf-8")
    found = words(path, SpellingOptions((), tmp_path / "cache"))
    assert "here" in found
    assert "worgle" not in found


def test_portuguese_has_its_own_dictionary(tmp_path: Path, root: Path, options: SpellingOptions) -> None:
    folder = tmp_path / "locales/pt"
    folder.mkdir(parents=True)
    (folder / "language.yaml").write_text("code: pt\nname: Português\nin-english: Portuguese\nscript: Latn\n", "utf-8")
    style = (root / "tests/portuguese/locales/pt-MO/style.yaml").read_text("utf-8")
    (folder / "style.yaml").write_text(style, "utf-8")
    path = tmp_path / "release.yaml"
    texts = '  - {id: a, paragraph: {pt: "A reuniao decorreu no edifício. O secretário deu as boas-vindas aos participantes."}}\n'
    head = HEAD.format(style="gia", facts="").replace("[en]", "[pt]").replace("{en:", "{pt:").replace("A title", "Um título")
    path.write_text(head + texts, "utf-8")
    (finding,) = [finding for finding in check([path], spelling=options) if finding.code == "no-dictionary"]
    assert "dictionaries: [pt_" in (finding.hint or "")
    dictionaries._dictionary.cache_clear()
    (folder / "style.yaml").write_text(f"{style}dictionaries: [pt_PT]\n", "utf-8")
    dictionaries.house_style.cache_clear()
    (finding,) = misspelt(path, options)
    assert (finding.excerpts[0].words, (finding.hint or "")[:13]) == ("reuniao", "write reunião")


def test_the_dictionary_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = source(tmp_path, "We recieve it.")
    options = SpellingOptions(dictionary_folders(), tmp_path / "cache/ipdocs")
    assert words(path, options) == ["recieve"]
    (stored,) = options.cache.iterdir()
    assert stat.S_IMODE(options.cache.stat().st_mode) == 0o700
    for memory in (dictionaries._word_list_or_findings, dictionaries._dictionary):
        memory.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(hunspell, "read_forms", None)
        assert words(path, options) == ["recieve"]
    for memory in (dictionaries._word_list_or_findings, dictionaries._dictionary):
        memory.cache_clear()
    content = stored.read_bytes()
    stored.write_bytes(content.replace(b"receive", b"recieve"))
    assert words(path, options) == ["recieve"]
    assert stored.read_bytes() == content


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    path = source(tmp_path, "We recieve it.")
    (tmp_path / "file").write_text("", "utf-8")
    assert words(path, SpellingOptions(dictionary_folders(), tmp_path / "file/cache")) == ["recieve"]


def test_the_command_reports_spelling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = source(tmp_path, "We recieve it.")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    result = CliRunner().invoke(app, ["check", str(path), "--spelling", "--json"])
    (finding,) = json.loads(result.stdout)["findings"]
    assert (finding["code"], finding["line"], result.exit_code) == ("misspelt-word", 9, 0)
    assert (tmp_path / "cache/ipdocs").is_dir()
    sarif = json.loads(CliRunner().invoke(app, ["check", str(path), "--spelling", "--sarif"]).stdout)
    assert [entry["ruleId"] for entry in sarif["runs"][0]["results"]] == ["misspelt-word"]


def test_dicpath_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DICPATH", str(tmp_path))
    assert dictionary_folders()[0] == tmp_path


def test_a_text_in_another_language_has_no_suggestions(
    tmp_path: Path, options: SpellingOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = source(tmp_path, "The comittee met the Goverment on the recomended dates.")
    assert any("committee" in (finding.hint or "") for finding in misspelt(path, options))
    monkeypatch.setattr(misspelt_word, "_MAX_UNKNOWN", 1)
    hints = [finding.hint or "" for finding in misspelt(path, options)]
    assert len(hints) == 2
    assert not any("committee" in hint or "recommended" in hint for hint in hints)


def test_a_refused_dictionary_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "en_GB.aff").write_text("SET no-such-encoding\n")
    (tmp_path / "en_GB.dic").write_text("1\nword\n")
    path = source(tmp_path, "We recieve it.")
    paths = [path, *(path.with_name(f"{name}.yaml") for name in ("second", "third"))]
    for other in paths[1:]:
        other.write_bytes(path.read_bytes())
    read: list[Path] = []

    def counted(path: Path, *limit: int) -> bytes:
        read.append(path)
        return read_bytes(path, *limit)

    monkeypatch.setattr(dictionaries, "read_bytes", counted)
    findings = check(paths, spelling=SpellingOptions((tmp_path,), tmp_path / "cache"))
    assert "bad-dictionary" in {finding.code for finding in findings}
    assert [path.name for path in read].count("en_GB.dic") == 1


def test_lists_of_earlier_versions_are_removed(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    for age in range(5):
        (cache / f"words-en_GB-{age}.txt").write_text("old")
        os.utime(cache / f"words-en_GB-{age}.txt", (1000 - age, 1000 - age))
    (cache / "words-en_US-0.txt").write_text("other")
    assert words(source(tmp_path, "We recieve it."), SpellingOptions(dictionary_folders(), cache)) == ["recieve"]
    names = sorted(path.name for path in cache.iterdir())
    assert len(names) == 4
    assert {"words-en_GB-0.txt", "words-en_GB-1.txt", "words-en_US-0.txt"} < set(names)
