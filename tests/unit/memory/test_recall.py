from __future__ import annotations

from collections.abc import Callable

from ipdocs.source.draft_marks import DRAFT_MARK
from ipdocs.source.template_text import Content, RenderedFact, rendered_text, template_source
from ipdocs.translation.memory.draft_text import draft_text
from ipdocs.translation.memory.index import Index
from ipdocs.translation.memory.lookup import look_up
from ipdocs.translation.memory.match import Query, best_match
from ipdocs.translation.memory.unit import MemoryUnit

Memory = Callable[..., Index]
Ask = Callable[..., Query]
Text = Callable[..., Content]

LEAD = {"en": "The meeting was held. Both sides agreed on the plan.", "tc": "會議已經舉行。雙方就計劃達成共識。"}


def unit(english: Content | str, chinese: Content | str, **about: object) -> MemoryUnit:
    texts = {"en": (english,) if isinstance(english, str) else english, "tc": (chinese,) if isinstance(chinese, str) else chinese}
    return MemoryUnit(**{"document": "example", "place": "lead", "texts": texts} | about)  # type: ignore[arg-type]


def kind_of(index: Index, query: Query) -> str | None:
    match = best_match(index, query)
    return match and match.kind


def test_match_kinds_range_from_same_to_fuzzy(memory: Memory, ask: Ask) -> None:
    index = memory(unit("The 17th cooperation meeting was held.", "第十七次合作會議已經舉行。"))
    assert kind_of(index, ask("The 17th cooperation meeting was held.", place="lead")) == "same"
    assert kind_of(index, ask("The 17th cooperation meeting was held.", place="title")) == "exact"
    assert kind_of(index, ask("The 18th cooperation meeting was held.")) == "facts"
    assert kind_of(index, ask("The 17th co-operation meeting was held.")) == "spelling"
    assert kind_of(index, ask("The 18th co-operation meeting was held.")) == "spelling"
    assert kind_of(index, ask("The 17th cooperation meeting was not held.")) == "fuzzy"
    assert kind_of(index, ask("Something else altogether was said.")) is None


def test_expression_of_the_query_gets_the_target_filters(memory: Memory, ask: Ask, text: Text) -> None:
    index = memory(
        unit(
            text("It was held in {{ city }} on {{ met | day }}.", "Guangzhou", "August 21"),
            text("{{ met | date }}在{{ city }}舉行。", "二○一八年八月二十一日", "廣州"),
        )
    )
    match = best_match(index, ask(text("It was held in {{ city }} on {{ opened | day }}.", "Shenzhen", "June 3")))
    assert match
    assert template_source(match.target) == "{{ opened | date }}在{{ city }}舉行。"


def test_expression_replaces_stored_words(memory: Memory, ask: Ask, text: Text) -> None:
    index = memory(unit("Set up in August 2003.", "於二○○三年八月成立。"))
    match = best_match(index, ask(text("Set up in {{ established | month }}.", "May 2010")))
    assert match
    assert template_source(match.target) == "於{{ established | month }}成立。"


def test_words_replace_a_stored_expression(memory: Memory, ask: Ask, text: Text) -> None:
    index = memory(unit(text("The {{ meeting | ordinal }} meeting.", "17th"), text("{{ meeting | ordinal }}次會議。", "第十七")))
    match = best_match(index, ask("The 18th meeting."))
    assert match
    assert match.target == ("第十八次會議。",)


def test_text_fact_is_replaced_only_by_name(memory: Memory, ask: Ask, text: Text) -> None:
    index = memory(unit(text("Held in {{ hall }}.", "the old hall"), text("在{{ hall }}舉行。", "舊禮堂")))
    assert kind_of(index, ask(text("Held in {{ hall }}.", "the new hall"))) == "facts"
    assert kind_of(index, ask(text("Held in {{ subject }}.", "the new hall"))) == "fuzzy"


def test_fact_stated_twice_in_english_is_one_fact(memory: Memory, ask: Ask, text: Text) -> None:
    index = memory(
        unit(
            text("In {{ city }}, people of {{ city }} came.", "Guangzhou", "Guangzhou"),
            text("{{ city }}居民出席。", "廣州"),
        )
    )
    assert kind_of(index, ask(text("In {{ city }}, people of {{ city }} came.", "Shenzhen", "Shenzhen"))) == "facts"
    assert kind_of(index, ask(text("In {{ city }}, people of {{ other }} came.", "Shenzhen", "Zhuhai"))) == "fuzzy"


def test_small_number_that_is_a_fact_may_vary(memory: Memory, ask: Ask, text: Text) -> None:
    index = memory(unit(text("The {{ areas | count }} areas.", "seven"), text("{{ areas | count }}個範圍。", "七")))
    match = best_match(index, ask("The three areas."))
    assert match
    assert rendered_text(match.target) == "三個範圍。"


def test_drafts_are_offered_only_on_request(memory: Memory, ask: Ask) -> None:
    index = memory(unit("It was held.", "已經舉行。", state="draft"))
    assert best_match(index, ask("It was held.")) is None
    assert kind_of(index, ask("It was held.", drafts=True)) == "exact"


def test_latest_translation_wins_unless_the_place_is_the_same(memory: Memory, ask: Ask) -> None:
    index = memory(
        unit("It was held.", "舊譯", place="a", on="2017-01-01"), unit("It was held.", "新譯", place="b", on="2018-01-01")
    )
    newest, same = best_match(index, ask("It was held.")), best_match(index, ask("It was held.", place="a"))
    assert newest
    assert same
    assert (rendered_text(newest.target), rendered_text(same.target)) == ("新譯", "舊譯")


def test_paragraph_is_matched_by_sentences_if_better(memory: Memory, ask: Ask) -> None:
    index = memory(unit(LEAD["en"], LEAD["tc"]), unit("No result was reached.", "未有結果。"))
    segments = look_up(index, ask("Both sides agreed on the plan. No result was reached. Nothing like this is known to anyone."))
    assert [segment.match and segment.match.kind for segment in segments] == ["exact", "exact", None]
    assert draft_text(segments, chinese=True) == (
        "⟦draft: in part⟧雙方就計劃達成共識。未有結果。⟦Nothing like this is known to anyone.⟧"
    )


def test_sentences_that_do_not_correspond_are_not_indexed(memory: Memory, ask: Ask) -> None:
    index = memory(
        unit("One thing was said. Another was not.", "說了一件，另一件沒有說。"),
        unit("It drew 140 people. It ended at noon.", "活動正午結束。共有一百四十人參加。"),
    )
    assert kind_of(index, ask("Another was not.", min_percent=99)) is None
    assert kind_of(index, ask("It ended at noon.", min_percent=99)) is None


def test_fuzzy_sentence_is_marked_in_place(memory: Memory, ask: Ask) -> None:
    index = memory(unit(LEAD["en"], LEAD["tc"]))
    segments = look_up(index, ask("The meeting was held. Both sides agreed on the new plan."))
    assert draft_text(segments, chinese=True) == "⟦draft: in part⟧會議已經舉行。⟦fuzzy 93 %⟧雙方就計劃達成共識。"


def test_english_sentences_are_joined_in_house_spelling(memory: Memory, ask: Ask) -> None:
    index = memory(unit("Cooperation was organized. It ended.", "合作已安排。合作結束。"))
    segments = look_up(index, ask("合作已安排。合作結束。合作結束。", "tc", "en"))
    assert draft_text(segments, chinese=False) == "⟦draft: exact⟧Co-operation was organised. It ended. It ended."


def test_difference_ignores_house_spelling(memory: Memory, ask: Ask) -> None:
    index = memory(unit("Promoting cooperation on IP trading", "推動知識產權貿易合作"))
    match = best_match(index, ask("Promoting co-operation on IP financing"))
    assert match
    assert match.difference == "Promoting co-operation on IP [-trading-]{+financing+}"


def test_match_that_cannot_be_adapted_has_a_reason(memory: Memory, ask: Ask) -> None:
    index = memory(unit("The five winners shared it.", "五強得主共享。"))
    match = best_match(index, ask("The six winners shared it."))
    assert match
    assert (match.kind, match.percent) == ("fuzzy", 99)
    assert "five" in match.reason
    assert "五" in match.reason
    assert rendered_text(match.target) == "⟦五⟧強得主共享。"


def test_draft_without_any_match_is_none(memory: Memory, ask: Ask) -> None:
    assert draft_text(look_up(memory(unit("It was held.", "已經舉行。")), ask("Quite another thing.")), chinese=True) is None


def test_draft_marks_differ_from_open_marks() -> None:
    assert DRAFT_MARK.match("⟦draft: fuzzy 91 %⟧粵港")
    assert not DRAFT_MARK.match("⟦第十七⟧次會議")


def test_facts_of_the_query_stay_in_a_fuzzy_draft(memory: Memory, ask: Ask, text: Text) -> None:
    index = memory(
        unit(
            text(
                "The {{ meeting | ordinal }} meeting was held in {{ city }} on {{ met | day }} as planned.",
                "17th",
                "Guangzhou",
                "May 2",
            ),
            text("{{ meeting | ordinal }}次會議如期於{{ met | day }}在{{ city }}舉行。", "第十七", "五月二日", "廣州"),
        )
    )
    match = best_match(
        index,
        ask(text("The {{ meeting | ordinal }} meeting was held in {{ city }} as planned.", "18th", "Shenzhen"), min_percent=60),
    )
    assert match
    assert match.kind == "fuzzy"
    assert template_source(match.target) == "{{ meeting | ordinal }}次會議如期於⟦五月二日⟧在{{ city }}舉行。"
    assert RenderedFact("city", "Shenzhen") in match.target
