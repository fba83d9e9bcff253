"""Facts proposed for random texts in two languages: each text renders again as it was, and no word is lost in alignment."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipdocs.importing.fact_proposals import ProposedFacts, propose_facts
from ipdocs.importing.import_release import compose_release
from ipdocs.locale.language import language
from ipdocs.locale.style import house_style
from ipdocs.localisation.localise import language_context
from ipdocs.source.file import SourceText
from ipdocs.source.open import SourceContext, parse_source
from ipdocs.source.segment import Segment, codes, segment, to_display_text, to_source_text
from ipdocs.values.types import Date
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

WORKSPACE = Workspace()
SETTINGS = {
    code: ValueContext(language(code, WORKSPACE), house_style("gia", WORKSPACE), Date(2026, 3, 5)) for code in ("en", "tc")
}
# Phrases that state one value in both languages.
PHRASES = st.sampled_from(
    [
        ("5 stalls", "五個攤位"),
        ("five days", "5天"),
        ("Five ships", "五艘船"),
        ("36 visitors", "36名訪客"),
        ("1.2 per cent", "1.2%"),
        ("-1.2%", "下跌1.2%"),
        ("60 per cent", "六成"),
        ("$5,000", "五千元"),
        ("today (March 5)", "今日（三月五日）"),
        ("March 7, 2026", "二零二六年三月七日"),
        ("Saturday, March 7, 2026", "二○二六年三月七日（星期六）"),
        ("noon", "中午"),
        ("2pm to 4.30pm", "下午二時至四時三十分"),
        ("the fourth pier", "第四個碼頭"),
        ("21 500 nets", "21 500張漁網"),
        ("call 2000 4321", "致電2000 4321"),
        ("from Monday to Friday", "星期一至五"),
        ("3 to 5 per cent", "3%至5%"),
        ("in 2020", "在二零二零年"),
        ("one", "一"),
        ("a quarter", "四分之一"),
    ]
)
HEAD = "schema: 1\nkind: press-release\nid: a\nstyle: gia\nissued: 2026-03-05\nlanguages: [en, tc]\n"
TITLE = 'title: {en: "A", tc: "甲"}\nbody: []\n'


@settings(max_examples=150, deadline=None)
@given(st.lists(PHRASES, min_size=1, max_size=6).flatmap(lambda phrases: st.tuples(st.just(phrases), st.permutations(phrases))))
def test_facts_render_as_the_texts_were(phrases: tuple[list[tuple[str, str]], list[tuple[str, str]]]) -> None:
    texts = {
        "en": "They saw " + ", and ".join(english for english, _ in phrases[0]) + ".",
        "tc": "他們見到" + "，以及".join(chinese for _, chinese in phrases[1]) + "。",
    }
    facts = ProposedFacts()
    result = propose_facts((texts["en"],), (texts["tc"],), (SETTINGS["en"], SETTINGS["tc"]), facts, WORKSPACE)
    lines = "".join(f"  {name}: {{{kind}: {value}}}\n" for name, (kind, value) in facts.by_name.items())
    text = HEAD + (f"facts:\n{lines}" if lines else "") + TITLE
    source = parse_source(SourceText(Path("a.yaml"), text), SourceContext(Path("a.yaml"), WORKSPACE), draft=True)
    for code, content in (("en", result.first), ("tc", result.second)):
        context = language_context(source, language(code, WORKSPACE))
        rendered = to_display_text(segment(to_source_text(content), context.render_expression))
        assert rendered.replace("\u00a0", " ") == texts[code].replace("\u00a0", " ")
    assert fact_names(result.first) == fact_names(result.second)


def fact_names(content: Segment) -> set[str]:
    return {code.name for code in codes(content)}


ENGLISH = st.sampled_from(["", "The pier is open. Ships may land.", "Entry is free.", "Lamps are lit.", "It drew 140 people."])
CHINESE = st.sampled_from(["", "碼頭開放。船隻可靠岸。", "免費入場。", "亮燈。", "市集吸引140人。"])
WORD = re.compile("[一-鿿]|[A-Z][a-z]+|140")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ENGLISH, max_size=8), st.lists(CHINESE, max_size=8))
def test_alignment_keeps_every_word_once(tmp_path: Path, english: list[str], chinese: list[str]) -> None:
    texts = ["\n\n".join(["The fair", *filter(None, english)]), "\n\n".join(["市集", *filter(None, chinese)])]
    files = [tmp_path / "a.en.txt", tmp_path / "a.tc.txt"]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text + "\n", "utf-8")
    now = datetime(2026, 3, 5, tzinfo=UTC)
    release = compose_release(files, tmp_path / "release.yaml", now, workspace=WORKSPACE, as_written=True)
    body = re.sub(r"id: \S+", "", release.text[release.text.index("title:") :])
    assert Counter(WORD.findall(body)) == Counter(WORD.findall("\n".join(texts)))
