"""The table of checks: add a row to add a check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ipdocs.checks.chinese_in_english import chinese_in_english
from ipdocs.checks.comma_before_and import comma_before_and
from ipdocs.checks.count_wrong import count_wrong
from ipdocs.checks.counts_two_ways import counts_two_ways
from ipdocs.checks.doubled_punctuation import doubled_punctuation
from ipdocs.checks.doubled_space import doubled_space
from ipdocs.checks.doubled_word import doubled_word
from ipdocs.checks.ellipsis_or_dash import ellipsis_or_dash
from ipdocs.checks.emphasis_differs import emphasis_differs
from ipdocs.checks.ending_differs import ending_differs
from ipdocs.checks.fact_missing import fact_missing
from ipdocs.checks.forbidden_form import forbidden_form
from ipdocs.checks.foreign_character import foreign_character
from ipdocs.checks.forms import forms_rule
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
from ipdocs.checks.misspelt_word import misspelt_word
from ipdocs.checks.mixed_numerals import mixed_numerals
from ipdocs.checks.no_full_stop import no_full_stop
from ipdocs.checks.notes_differ import notes_differ
from ipdocs.checks.number_grouping import number_grouping
from ipdocs.checks.odd_capitals import odd_capitals
from ipdocs.checks.one_translation_for_two import one_translation_for_two
from ipdocs.checks.ordinal_suffix import ordinal_suffix
from ipdocs.checks.quotation_marks import mixed_quotation_marks, quotation_marks
from ipdocs.checks.quotations_differ import quotations_differ
from ipdocs.checks.quote_nesting import quote_nesting
from ipdocs.checks.range_reversed import range_reversed
from ipdocs.checks.repeated_text import repeated_text
from ipdocs.checks.settings import RuleSeverity
from ipdocs.checks.small_sentence_start import small_sentence_start
from ipdocs.checks.space_at_edge import space_at_edge
from ipdocs.checks.space_at_punctuation import space_at_punctuation
from ipdocs.checks.space_in_chinese import space_in_chinese
from ipdocs.checks.spaced_hyphen import spaced_hyphen
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
from ipdocs.checks.wrong_script import name_in_other_script, wrong_script
from ipdocs.checks.wrong_zero import wrong_zero

Scope = Literal["languages", "text", "document", "documents"]


@dataclass(frozen=True, slots=True)
class Check:
    """A row of the table of checks.

    Attributes:
        scope: the argument of the rule: a passage ("text"), a text in two languages ("languages"), a document, or all documents.
        severity: the default severity.
        reason: why the check exists, as a short clause.
        wrong: an example of what the check reports; two languages are separated by a comma.
        right: the same example as it should be.
        if_right: where to record that words are right although the check reports them, as an instruction; empty if only
            `allow` permits them.
    """

    code: str
    scope: Scope
    severity: RuleSeverity
    rule: Callable[[Any], Iterator[Violation]]
    reason: str
    wrong: str
    right: str
    if_right: str = ""


# fmt: off
CHECKS: tuple[Check, ...] = (
    Check("garbled-text", "text", "error", garbled_text,
          "the text was read in the wrong encoding", "the fee â€“ now", "the fee – now"),
    Check("markup-left", "text", "error", markup_left,
          "markup of another kind would be printed as it is", "R&amp;D", "R&D"),
    Check("unfinished-text", "text", "error", unfinished_text,
          "a placeholder was not filled in", "XX月", "三月"),
    Check("invisible-character", "text", "error", invisible_character,
          "readers do not see the character, and searches fail", "U+200B within a word", "the word without it"),
    Check("look-alike-character", "text", "error", look_alike_character,
          "the character looks right but is a different one", "他說︰", "他說："),
    Check("foreign-character", "text", "error", foreign_character,
          "the language does not use this letter", "計劃の目的", "計劃的目的"),
    Check("wrong-script", "text", "error", wrong_script,
          "Traditional Chinese has no Simplified characters", "企业", "企業",
          if_right="mark the characters: [琼]{keep}; or add the name to locales/glossary/; checks.yaml has no effect on builds"),
    Check("name-in-other-script", "text", "warning", name_in_other_script,
          "a character of the other script in a name needs the mark {keep}", "陳美琼女士", "陳美[琼]{keep}女士",
          if_right="mark the characters: [琼]{keep}; or add the name to a table in locales/glossary/ as a person"),
    Check("taiwan-form", "text", "error", forms_rule("taiwan"),
          "Hong Kong does not use this Taiwanese word", "人工智慧", "人工智能",
          if_right="list the form under `accepted-forms` in the house style"),
    Check("forbidden-form", "text", "error", forbidden_form,
          "the glossary forbids this form", "會議記錄", "會議紀錄",
          if_right="list the longer word in the column `allowed` of the glossary"),
    Check("variant-character", "text", "warning", forms_rule("variant"),
          "Hong Kong writes 裏, 着 and 衞", "這裡", "這裏",
          if_right="list the form under `accepted-forms` in the house style"),
    Check("chinese-in-english", "text", "error", chinese_in_english,
          "a Chinese word was left in the English text", "the 計劃 scheme", "the scheme"),
    Check("house-spelling", "text", "error", house_spelling,
          "a house style has one spelling for each word", "cooperation", "co-operation",
          if_right="change the pair of words under `spelling` in the house style"),
    Check("odd-capitals", "text", "error", odd_capitals,
          "the word has a capital in an odd place", "THe fee", "The fee"),
    Check("small-sentence-start", "text", "error", small_sentence_start,
          "a sentence begins with a capital letter", "It is waived. the fee is", "It is waived. The fee is"),
    Check("wrong-article", "text", "error", wrong_article,
          "the article depends on the sound that follows", "at a 8th meeting", "at an 8th meeting"),
    Check("ordinal-suffix", "text", "error", ordinal_suffix,
          "the ending of an ordinal depends on its number", "the 21th", "the 21st"),
    Check("number-grouping", "text", "error", number_grouping,
          "commas group figures in threes", "14,0000", "140,000"),
    Check("full-width-letters", "text", "error", full_width_letters,
          "searches do not find full-width letters", "ＴＭ１２", "TM12"),
    Check("wrong-zero", "text", "error", wrong_zero,
          "a house style has one form of the Chinese zero", "二〇一八年", "二○一八年"),
    Check("mixed-numerals", "document", "error", mixed_numerals,
          "like values have the same numerals throughout", "三十六間及48間", "36間及48間"),
    Check("weekday-wrong", "text", "error", weekday_wrong,
          "the date is on another day of the week", "Monday, August 21, 2018", "Tuesday, August 21, 2018"),
    Check("impossible-date", "text", "error", impossible_date,
          "the date or time does not exist", "June 31", "June 30"),
    Check("today-wrong", "text", "error", today_wrong,
          "today is the day of issue", "issued August 21: today (August 20)", "issued August 21: today (August 21)"),
    Check("range-reversed", "text", "error", range_reversed,
          "a range ends after it begins", "August 30 to 28", "August 28 to 30"),
    Check("unpaired-bracket", "text", "error", unpaired_bracket,
          "every bracket needs a partner", "(in force", "(in force)"),
    Check("unpaired-quote", "document", "error", unpaired_quote,
          "every quotation mark needs a partner", "「品牌", "「品牌」"),
    Check("quote-nesting", "text", "error", quote_nesting,
          "inner quotation marks belong inside outer ones", "『品牌「與」明天』", "「品牌『與』明天」"),
    Check("quotation-marks", "text", "error", quotation_marks,
          "a house style has one form of quotation marks", "“品牌”", "「品牌」"),
    Check("mixed-quotation-marks", "document", "warning", mixed_quotation_marks,
          "a document has one form of quotation marks", 'the “Hub” … the "Mall"', 'the “Hub” … the “Mall”'),
    Check("ellipsis-or-dash", "text", "error", ellipsis_or_dash,
          "Chinese uses …… and ——", "書籍...", "書籍……"),
    Check("doubled-punctuation", "text", "error", doubled_punctuation,
          "a punctuation mark is written once", "計劃繼續。。", "計劃繼續。"),
    Check("comma-before-and", "text", "warning", comma_before_and,
          "以及 joins the last item without a mark", "表格、以及地圖", "表格以及地圖"),
    Check("spaced-hyphen", "text", "warning", spaced_hyphen,
          "a dash, not a hyphen, sets words apart", "open - and free", "open – and free"),
    Check("half-width-punctuation", "text", "error", half_width_punctuation,
          "Chinese punctuation is full-width", "費用,亦", "費用，亦"),
    Check("full-width-punctuation", "text", "error", full_width_punctuation,
          "English punctuation is half-width", "small，and", "small, and"),
    Check("space-at-edge", "text", "error", space_at_edge,
          "a text begins and ends without a space", '" The fee"', '"The fee"'),
    Check("doubled-space", "text", "error", doubled_space,
          "one space separates two words", "a  word", "a word"),
    Check("space-at-punctuation", "text", "error", space_at_punctuation,
          "spaces follow punctuation and do not precede it", "a fee , which", "a fee, which"),
    Check("space-in-chinese", "text", "error", space_in_chinese,
          "Chinese has no spaces, even beside figures", "為 1000", "為1000"),
    Check("doubled-word", "text", "error", doubled_word,
          "a word was typed twice", "pay the the fee", "pay the fee"),
    Check("title-full-stop", "text", "error", title_full_stop,
          "titles have no punctuation at the end", "title: 研討會將舉行。", "title: 研討會將舉行"),
    Check("list-ending", "document", "error", list_ending,
          "the ending does not match the position of the item", "the last item ends in ；", "the last item ends in 。"),
    Check("no-full-stop", "document", "warning", no_full_stop,
          "a sentence ends with a punctuation mark", "It is, as announced, free", "It is, as announced, free."),
    Check("withheld-words", "document", "warning", withheld_words,
          "an open text reveals what the public version withholds",
          "(name withheld) … Ms WONG asked", "(name withheld) … a Member asked"),
    Check("misspelt-word", "document", "warning", misspelt_word,
          "the word is in no dictionary (found only with --spelling)", "we recieve forms", "we receive forms",
          if_right="add the word to words.txt in the folder of its language, such as locales/en/words.txt"),
    Check("count-wrong", "document", "error", count_wrong,
          "the introduction announces a different number of items",
          "three measures: (four items)", "four measures: (four items)"),
    Check("counts-two-ways", "document", "warning", counts_two_ways,
          "small counts have the same numerals throughout", "七間 … 8間", "七間 … 八間"),
    Check("late-abbreviation", "document", "warning", late_abbreviation,
          "readers need the full name first", "TDC … Council (TDC)", "Council (TDC) … TDC"),
    Check("unused-fact", "document", "warning", unused_fact,
          "no text uses the fact", "venue: … without {{ venue }}", "venue: … with {{ venue }}"),
    Check("repeated-text", "document", "warning", repeated_text,
          "a paragraph was copied and not changed", "the same paragraph twice", "each paragraph once"),
    Check("untranslated", "languages", "error", untranslated,
          "the text is still in the other language", "研討會 will be webcast online", "研討會將於網上直播"),
    Check("number-differs", "languages", "error", value_differs("number"),
          "a number is the same in every language", "14 cases, 十五宗", "14 cases, 十四宗"),
    Check("ordinal-differs", "languages", "error", value_differs("ordinal"),
          "the number may be from the last release", "the 17th meeting, 第十六次會議", "the 17th meeting, 第十七次會議"),
    Check("percent-differs", "languages", "error", value_differs("percent"),
          "a percentage is the same in every language", "3.9 per cent, 百分之三點六", "3.9 per cent, 百分之三點九"),
    Check("money-differs", "languages", "error", value_differs("money"),
          "million and 萬 differ by a factor of 100", "$14 million, 一億四千萬元", "$14 million, 一千四百萬元"),
    Check("date-differs", "languages", "error", value_differs("date"),
          "readers come on the date that they read", "August 30, 八月三十一日", "August 30, 八月三十日"),
    Check("weekday-differs", "languages", "error", value_differs("weekday"),
          "readers come on the day that they read", "on Fridays, 逢星期四", "on Fridays, 逢星期五"),
    Check("time-differs", "languages", "error", value_differs("time"),
          "readers come at the time that they read", "2.30pm, 下午三時三十分", "2.30pm, 下午二時三十分"),
    Check("years-differ", "languages", "error", value_differs("years"),
          "the years may be from the last release", "2018-19, 二○一七至一八年度", "2018-19, 二○一八至一九年度"),
    Check("label-differs", "languages", "error", value_differs("label"),
          "a wrong telephone or chapter number misleads readers", "Cap. 559, 第595章", "Cap. 559, 第559章"),
    Check("fact-missing", "document", "error", fact_missing,
          "a fact in one language belongs in the other, too", "held in {{ city }}, 舉行", "held in {{ city }}, 在{{ city }}舉行"),
    Check("link-differs", "languages", "error", link_differs,
          "both languages link to the same page",
          "example.org/forms, example.com/forms", "example.org/forms, example.org/forms"),
    Check("latin-differs", "languages", "error", latin_differs,
          "Latin names are the same in every language", "staff of WIPO, WPIO職員", "staff of WIPO, WIPO職員",
          if_right="add a row to locales/counterparts.csv"),
    Check("term-differs", "document", "error", term_differs,
          "each term has one translation", "the Hospital Authority, 醫院管理處", "the Hospital Authority, 醫院管理局",
          if_right="change the term in a table in locales/glossary/"),
    Check("notes-differ", "languages", "error", notes_differ,
          "a footnote is lost without a reference", "the fee[^fee], 費用", "the fee[^fee], 費用[^fee]"),
    Check("quotations-differ", "languages", "warning", quotations_differ,
          "a quotation has quotation marks in every language", 'said, "Yes.", 表示同意', 'said, "Yes.", 表示：「好。」'),
    Check("emphasis-differs", "languages", "warning", emphasis_differs,
          "emphasis is the same in every language", "It is **not** free, 並非免費", "It is **not** free, 並**非**免費"),
    Check("ending-differs", "languages", "warning", ending_differs,
          "a question is a question in every language", "May I apply?, 我可以申請。", "May I apply?, 我可以申請嗎？"),
    Check("length-out-of-proportion", "languages", "warning", length_out_of_proportion,
          "the translation may lack a sentence", "three sentences, one sentence", "three sentences, three sentences"),
    Check("translated-two-ways", "documents", "warning", translated_two_ways,
          "each sentence has one translation", "free of charge: 免費, 不收費", "free of charge: 免費, 免費"),
    Check("one-translation-for-two", "documents", "warning", one_translation_for_two,
          "a translation was copied and not changed", "Nominations: 申請", "Nominations: 提名"),
)
# fmt: on
"""All checks. If several checks find the same words, only the first of these checks in the table reports them."""
