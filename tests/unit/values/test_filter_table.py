from pathlib import Path

import pytest

from ipdocs.locale.language import language
from ipdocs.locale.style import HouseStyle, LanguageStyle, house_style
from ipdocs.values.filters import FILTERS, apply_filter
from ipdocs.values.types import Date
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

README = Path(__file__).parents[3] / "locales/README.md"
# What the README calls a type of value; a series has the type of its values.
NAMES = {
    "Series": "",
    "TimeRange": "time",
    "Count": "list",
    "tuple": "list",
    "str": "text",
    "PersonValue": "person",
    "LinkValue": "link",
}


def row(name: str) -> str:
    filter_row = FILTERS[name]
    kinds = dict.fromkeys(NAMES.get(kind.__name__, kind.__name__.lower()) for kind in filter_row.takes)
    cells = [f"`{name}`", filter_row.meaning, ", ".join(kind for kind in kinds if kind)]
    for style, code in (("gia", "en"), ("gia", "tc"), ("legco", "tc")):
        value_context = ValueContext(language(code, Workspace()), house_style(style, Workspace()), Date(2018, 8, 21))
        example = filter_row.example if code == "en" or filter_row.chinese_example is None else filter_row.chinese_example
        cells.append(apply_filter(name, example, (), {}, value_context))
    return f"| {' | '.join(cells)} |"


@pytest.mark.parametrize("name", FILTERS)
def test_readme_shows_each_filter_with_its_result(name: str) -> None:
    assert row(name) in README.read_text("utf-8").splitlines()


def test_the_readme_shows_no_other_filter() -> None:
    table = README.read_text("utf-8").partition("## Filters")[2].partition("\n## ")[0]
    assert [line.split("`")[1] for line in table.splitlines() if line.startswith("| `")] == list(FILTERS)


def test_the_readme_explains_each_key_of_a_style() -> None:
    explained = README.read_text("utf-8").partition("## House styles")[2].partition("## Filters")[0]
    keys = {field.alias for model in (HouseStyle, LanguageStyle) for field in model.model_fields.values()} - {
        "name",
        "file",
        "languages",
    }
    assert [key for key in sorted(map(str, keys)) if f"`{key}`" not in explained] == []
