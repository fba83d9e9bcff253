"""The table of checks: add a row to add a check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ipdocs.checks.chinese_in_english import chinese_in_english
from ipdocs.checks.count_wrong import count_wrong
from ipdocs.checks.doubled_punctuation import doubled_punctuation
from ipdocs.checks.doubled_space import doubled_space
from ipdocs.checks.doubled_word import doubled_word
from ipdocs.checks.ellipsis_or_dash import ellipsis_or_dash
from ipdocs.checks.emphasis_differs import emphasis_differs
from ipdocs.checks.ending_differs import ending_differs
from ipdocs.checks.fact_missing import fact_missing
from ipdocs.checks.forbidden_form import forbidden_form
from ipdocs.checks.foreign_character import foreign_character
from ipdocs.checks.forms import forms_of
from ipdocs.checks.full_width_letters import full_width_letters
from ipdocs.checks.full_width_punctuation import full_width_punctuation
from ipdocs.checks.garbled_text import garbled_text
from ipdocs.checks.half_width_punctuation import half_width_punctuation
from ipdocs.checks.house_spelling import house_spelling
from ipdocs.checks.impossible_date import impossible_date
from ipdocs.checks.invisible_character import invisible_character
from ipdocs.checks.late_abbreviation import late_abbreviation
from ipdocs.checks.latin_differs import latin_differs
from ipdocs.checks.length_out_of_proportion import length_out_of_proportion
from ipdocs.checks.link_differs import link_differs
from ipdocs.checks.list_ending import list_ending
from ipdocs.checks.look_alike_character import look_alike_character
from ipdocs.checks.markup_left import markup_left
from ipdocs.checks.mixed_numerals import mixed_numerals
from ipdocs.checks.no_full_stop import no_full_stop
from ipdocs.checks.notes_differ import notes_differ
from ipdocs.checks.number_grouping import number_grouping
from ipdocs.checks.odd_capitals import odd_capitals
from ipdocs.checks.one_translation_for_two import one_translation_for_two
from ipdocs.checks.ordinal_suffix import ordinal_suffix
from ipdocs.checks.quotation_marks import quotation_marks
from ipdocs.checks.quotations_differ import quotations_differ
from ipdocs.checks.quote_nesting import quote_nesting
from ipdocs.checks.range_reversed import range_reversed
from ipdocs.checks.repeated_text import repeated_text
from ipdocs.checks.settings import RuleSeverity
from ipdocs.checks.small_sentence_start import small_sentence_start
from ipdocs.checks.space_at_edge import space_at_edge
from ipdocs.checks.space_at_punctuation import space_at_punctuation
from ipdocs.checks.space_in_chinese import space_in_chinese
from ipdocs.checks.term_differs import term_differs
from ipdocs.checks.title_full_stop import title_full_stop
from ipdocs.checks.today_wrong import today_wrong
from ipdocs.checks.translated_two_ways import translated_two_ways
from ipdocs.checks.unfinished_text import unfinished_text
from ipdocs.checks.unpaired_bracket import unpaired_bracket
from ipdocs.checks.unpaired_quote import unpaired_quote
from ipdocs.checks.untranslated import untranslated
from ipdocs.checks.unused_fact import unused_fact
from ipdocs.checks.value_differs import value_differs
from ipdocs.checks.violation import Violation
from ipdocs.checks.weekday_wrong import weekday_wrong
from ipdocs.checks.withheld_words import withheld_words
from ipdocs.checks.wrong_article import wrong_article
from ipdocs.checks.wrong_script import wrong_script
from ipdocs.checks.wrong_zero import wrong_zero

Over = Literal["languages", "text", "document", "documents"]


@dataclass(frozen=True, slots=True)
class Check:
    """A check: what its rule is run over, how much a fault weighs, why it is made, and what it finds.

    A rule takes a pair of passages (languages), one passage (text), a document (document) or all of them (documents).
    """

    code: str
    over: Over
    severity: RuleSeverity
    rule: Callable[[Any], Iterator[Violation]]
    reason: str
    example: str


# fmt: off
CHECKS: tuple[Check, ...] = (
    Check("garbled-text", "text", "error", garbled_text,
          "it was read in the wrong encoding", "â€™"),
    Check("markup-left", "text", "error", markup_left,
          "it would be printed as it is", "&amp;"),
    Check("unfinished-text", "text", "error", unfinished_text,
          "somebody meant to come back", "XX月"),
    Check("invisible-character", "text", "error", invisible_character,
          "nobody sees it, every search stumbles", "U+200B"),
    Check("look-alike-character", "text", "error", look_alike_character,
          "it only looks right", "Cyrillic с in sсheme"),
    Check("foreign-character", "text", "error", foreign_character,
          "the language has no such letter", "計劃の目的"),
    Check("wrong-script", "text", "error", wrong_script,
          "a Simplified character in Traditional text is a slip", "企业"),
    Check("taiwan-form", "text", "error", forms_of("taiwan"),
          "words of Taiwan are not Hong Kong's", "軟體"),
    Check("forbidden-form", "text", "error", forbidden_form,
          "the glossary rules it out", "專家組"),
    Check("variant-character", "text", "warning", forms_of("variant"),
          "Hong Kong writes 裏 着 衞", "這裡"),
    Check("chinese-in-english", "text", "error", chinese_in_english,
          "Chinese was forgotten in the English", "the 計劃 scheme"),
    Check("house-spelling", "text", "error", house_spelling,
          "a house has one spelling", "cooperation"),
    Check("odd-capitals", "text", "error", odd_capitals,
          "a finger stayed on Shift", "THe"),
    Check("small-sentence-start", "text", "error", small_sentence_start,
          "a sentence begins with a capital", "waived. the"),
    Check("wrong-article", "text", "error", wrong_article,
          "an hour, a university, an 8th", "a 8th meeting"),
    Check("ordinal-suffix", "text", "error", ordinal_suffix,
          "twenty-first", "21th"),
    Check("number-grouping", "text", "error", number_grouping,
          "a figure too many is a tenfold amount", "14,0000"),
    Check("full-width-letters", "text", "error", full_width_letters,
          "no search finds them", "ＴＭ１２"),
    Check("wrong-zero", "text", "error", wrong_zero,
          "a house has one zero", "二〇一八年"),
    Check("mixed-numerals", "text", "error", mixed_numerals,
          "a paragraph has one kind of numerals", "十四宗 … 15宗"),
    Check("weekday-wrong", "text", "error", weekday_wrong,
          "the calendar knows", "Monday, August 21, 2018"),
    Check("impossible-date", "text", "error", impossible_date,
          "the calendar knows", "June 31"),
    Check("today-wrong", "text", "error", today_wrong,
          "a release of yesterday says today", "today (August 20)"),
    Check("range-reversed", "text", "error", range_reversed,
          "a range begins with its beginning", "August 30 to 28"),
    Check("unpaired-bracket", "text", "error", unpaired_bracket,
          "what opens closes", "(in force"),
    Check("unpaired-quote", "document", "error", unpaired_quote,
          "what opens closes", "「品牌"),
    Check("quote-nesting", "text", "error", quote_nesting,
          "outer marks stand outside", "『品牌「與」明天』"),
    Check("quotation-marks", "text", "error", quotation_marks,
          "a house has one kind of quotation marks", "“品牌”"),
    Check("ellipsis-or-dash", "text", "error", ellipsis_or_dash,
          "Chinese writes …… and ——", "書籍..."),
    Check("doubled-punctuation", "text", "error", doubled_punctuation,
          "a mark stands once", "。。"),
    Check("half-width-punctuation", "text", "error", half_width_punctuation,
          "Chinese marks are as wide as characters", "費用,亦"),
    Check("full-width-punctuation", "text", "error", full_width_punctuation,
          "English marks are narrow", "small，and"),
    Check("space-at-edge", "text", "error", space_at_edge,
          "a text begins with its first word", '" The"'),
    Check("doubled-space", "text", "error", doubled_space,
          "words are one space apart", "a  word"),
    Check("space-at-punctuation", "text", "error", space_at_punctuation,
          "a mark stands at the word before it", "fee , which"),
    Check("space-in-chinese", "text", "error", space_in_chinese,
          "Chinese has no spaces, also beside figures", "為 0000"),
    Check("doubled-word", "text", "error", doubled_word,
          "a word stands once", "the the"),
    Check("title-full-stop", "text", "error", title_full_stop,
          "titles have none", "將舉行。"),
    Check("list-ending", "document", "error", list_ending,
          "items were moved and kept their endings", "the last item ends in ；"),
    Check("no-full-stop", "document", "warning", no_full_stop,
          "a sentence has an end", "It is, as said, free"),
    Check("withheld-words", "document", "warning", withheld_words,
          "what a public version withholds is told elsewhere in it", "(name withheld) … Ms WONG asked"),
    Check("count-wrong", "document", "error", count_wrong,
          "an item was added and not counted", "three measures: (four)"),
    Check("late-abbreviation", "document", "warning", late_abbreviation,
          "readers meet it unprepared", "TDC … Council (TDC)"),
    Check("unused-fact", "document", "warning", unused_fact,
          "a fact left over may be one forgotten", "venue: …"),
    Check("repeated-text", "document", "warning", repeated_text,
          "a paragraph was copied and not changed", "the same twice"),
    Check("untranslated", "languages", "error", untranslated,
          "text of the wrong language was forgotten", "研討會 will be webcast online"),
    Check("number-differs", "languages", "error", value_differs("number"),
          "a number is one number in every language", "14 cases, 十五宗"),
    Check("ordinal-differs", "languages", "error", value_differs("ordinal"),
          "the last release's number is easily left in", "the 17th meeting, 第十六次會議"),
    Check("percent-differs", "languages", "error", value_differs("percent"),
          "percentages are retyped, not translated", "3.9 per cent, 百分之三點六"),
    Check("money-differs", "languages", "error", value_differs("money"),
          "million and 萬 are a hundred times apart", "$14 million, 一億四千萬元"),
    Check("date-differs", "languages", "error", value_differs("date"),
          "people come on the day they read", "August 30, 八月三十一日"),
    Check("weekday-differs", "languages", "error", value_differs("weekday"),
          "people come on the day they read", "on Fridays, 逢星期四"),
    Check("time-differs", "languages", "error", value_differs("time"),
          "2.30pm is not 三時三十分", "2.30pm, 下午三時三十分"),
    Check("years-differ", "languages", "error", value_differs("years"),
          "last year's plan is easily left in", "2018-19, 二○一七至一八年度"),
    Check("label-differs", "languages", "error", value_differs("label"),
          "telephone numbers and chapters have no redundancy", "Cap. 559, 第595章"),
    Check("fact-missing", "document", "error", fact_missing,
          "a fact named in one language belongs in the other", "held in {{ city }}, 舉行"),
    Check("link-differs", "languages", "error", link_differs,
          "both languages lead to the same place", "example.org/forms, example.com/forms"),
    Check("latin-differs", "languages", "error", latin_differs,
          "names that stay Latin are copied, with every letter", "WIPO, WPIO"),
    Check("term-differs", "document", "error", term_differs,
          "a name has one form", "the Expert Group, 工作小組"),
    Check("notes-differ", "languages", "error", notes_differ,
          "a footnote that nobody calls is lost", "the fee[^fee], 費用"),
    Check("quotations-differ", "languages", "warning", quotations_differ,
          "who is quoted is quoted in every language", 'said, "Yes.", 表示同意'),
    Check("emphasis-differs", "languages", "warning", emphasis_differs,
          "what is emphases is emphases in every language", "**not** refundable, 不退還"),
    Check("ending-differs", "languages", "warning", ending_differs,
          "a question is a question in every language", "May I apply?, 我可以申請。"),
    Check("length-out-of-proportion", "languages", "warning", length_out_of_proportion,
          "a sentence may have been lost", "three sentences, one sentence"),
    Check("translated-two-ways", "documents", "warning", translated_two_ways,
          "one sentence has one translation", "free of charge: 免費, 不收費"),
    Check("one-translation-for-two", "documents", "warning", one_translation_for_two,
          "a translation was copied and not changed", "Nominations: 申請"),
)
# fmt: on
"""Every check. Of two that find the same words the one that stands first is told."""
