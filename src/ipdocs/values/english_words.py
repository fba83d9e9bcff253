"""English words and phrases by which values are recognised."""

from __future__ import annotations

from decimal import Decimal
from itertools import islice

from ipdocs.values.numerals import WORDS
from ipdocs.values.types import Decimal as DecimalValue
from ipdocs.values.types import Integer, Percent, integer_or_decimal

CURRENCIES = {
    "$": "HKD",
    "HK$": "HKD",
    "HKD": "HKD",
    "US$": "USD",
    "RMB": "CNY",
    "RMB¥": "CNY",
    "CNY": "CNY",
    "MOP": "MOP",
    "MOP$": "MOP",
    "JPY": "JPY",
    "€": "EUR",
    "£": "GBP",
    "dollars": "HKD",
    "cents": "HKD",
    "Hong Kong cents": "HKD",
    "Hong Kong dollars": "HKD",
    "US dollars": "USD",
    "yuan": "CNY",
    "renminbi": "CNY",
    "patacas": "MOP",
    "euros": "EUR",
    "pounds": "GBP",
    "yen": "JPY",
}
"""Currencies, keyed by the words or signs before or after an amount."""

PHRASES = {"a dozen": 12}
"""Phrases that mean a number, and can be replaced by another number."""

IMPLIED_VALUES: dict[str, Integer | DecimalValue | Percent] = {
    "both": Integer(2),
    "twice": Integer(2),
    "double": Integer(2),
    "half": integer_or_decimal(Decimal("0.5")),
    "half a dozen": Integer(6),
    "a hundred": Integer(100),
    "a thousand": Integer(1000),
    "a million": Integer(10**6),
    "a decade": Integer(10),
    "past decade": Integer(10),
    "last decade": Integer(10),
    "next decade": Integer(10),
    "coming decade": Integer(10),
    "round the clock": Integer(24),
    "around the clock": Integer(24),
    "round-the-clock": Integer(24),
    "tripled": Integer(3),
    "threefold": Integer(3),
    "quadrupled": Integer(4),
    "fourfold": Integer(4),
    "half a million": Integer(500_000),
    "half a billion": Integer(500_000_000),
    **{
        f"{word} {of} ten": Percent(Decimal(10 * number))
        for word, number in islice(WORDS.items(), 1, 10)
        for of in ("in", "out of")
    },
    **{
        f"{word} {noun}": Integer(size * number)
        for word, number in islice(WORDS.items(), 2, 10)
        for noun, size in (("decades", 10), ("dozen", 12))
    },
    "triennium": Integer(3),
    "triennial": Integer(3),
}
"""Words that imply a fixed value; such a word cannot be rewritten for another number."""

DENOMINATORS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
"""The denominators of fractions in words, such as "two thirds"."""

# fmt: off
LABEL_NOUNS = (
    "Article", "article", "Section", "section", "Subsection", "subsection", "Paragraph", "paragraph", "Para", "para",
    "Clause", "clause", "Item", "item", "Annex", "annex", "Appendix", "appendix", "Appendices",
    "Table", "table", "Figure", "figure",
    "Chart", "chart", "Phase", "phase", "Stage", "stage", "Chapter", "chapter", "Rule", "rule", "Version", "version", "Page",
    "page", "Room", "room", "Cap", "Regulation", "Order", "Schedule", "Part", "Division", "Class", "Form", "Level", "Unit",
    "Flat", "Block", "Gate", "Route", "Vol", "Volume", "Issue", "pp", "No", "no", "Ref", "ref", "route", "Hall", "Mobile Library",
    "Boeing", "Airbus",
    "Note", "note", "Remark", "Code", "Lot", "Pier", "Tower", "Grade", "Category", "Group", "Option", "Question", "Site", "Zone",
    "Primary", "Secondary", "Berth", "Exit", "Terminal", "Number", "regulation",
    "Area", "postcode", "postcode area", "ISO", "LN", "L.N", "GN", "G.N",
)
# fmt: on
"""Nouns before a number that is a label and not a quantity: Cap. 559."""

# fmt: off
TELEPHONE_NOUNS = (
    "Tel", "Fax", "Telephone", "telephone", "Hotline", "hotline", "Helpline", "helpline", "enquiry line",
    "Enquiries", "enquiries",
)
"""Nouns before a telephone number."""

IDIOMS = (
    "no one", "one another", "one of", "the only one", "one-stop", "one by one", "first aid", "third party", "third parties",
    "third-party",
    "first and foremost", "second to none", "24/7", "five-year plan", "five-year plans", "one country, two systems",
    "first-come, first-served", "first come, first served", "first-come first-served", "first-hand", "second-hand", "per second",
    "a split second", "one-off", "one after another", "double taxation", "double-edged", "double-check",
    "one and only", "at first", "first of all", "World War II", "World War I",
    "journey of a thousand miles", "a thousand words", "a hundred flowers",
    "ten years to grow a tree", "a hundred to rear people",
)
# fmt: on
"""Phrases that look like numbers but state none; they are not recognised as values."""
