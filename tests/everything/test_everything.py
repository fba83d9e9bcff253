"""Sources that use all there is build in every format, language, layout and style, and say what they should.

What a new block, key, type of fact or filter of the model lacks here is an example: the first tests ask for it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from inspect import get_annotations
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import pytest

from ipdocs.locale.style_files import style_names
from ipdocs.minutes.pack import make_pack
from ipdocs.minutes.parts import PACK_DOCUMENTS
from ipdocs.model.blocks import BLOCKS, Withheld
from ipdocs.model.document import Body, Document, Section
from ipdocs.model.facts import FACT_TYPES, Quantity, Record
from ipdocs.model.minutes import Minutes
from ipdocs.pipeline.build import build
from ipdocs.pipeline.check import check
from ipdocs.pipeline.request import BuildRequest
from ipdocs.review.word.import_review import import_word_review
from ipdocs.source.open import open_source
from ipdocs.templating.layout import LAYOUTS, Layout
from ipdocs.translation.export import ENDINGS, export_translations
from ipdocs.translation.import_translations import import_translations
from ipdocs.values.filters import FILTERS
from ipdocs.workspace import Workspace

HERE = Path(__file__).parent
SOURCES = ("release.yaml", "minutes.yaml")
FORMATS = ("docx", "pdf", "html", "txt")
LANGUAGES = ("en", "tc", "sc", "cn")

NO_KEYS = {Body, Document, Section, Withheld, Record}
"""What a source writes by another name, or not at all."""
OF_TEMPLATES = {"list"}
"""Filters for what no fact is."""
MAY_BE_TOLD = {"note-moved"}
"""Notes in three languages side by side may be more than the page has room for that calls them."""


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return [open_source(HERE / name).document for name in SOURCES]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with a copy of the sources and of what they name."""
    (tmp_path / "locales").mkdir()
    shutil.copytree(HERE, tmp_path / "everything", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return tmp_path / "everything"


def records(value: Any) -> Iterator[Record]:
    """Yield the records that a value of the model is made of."""
    if isinstance(value, Record):
        yield value
        value = [getattr(value, name) for name in type(value).model_fields]
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from records(item)


def of_model(base: type[Record]) -> Iterator[type[Record]]:
    for subclass in base.__subclasses__():
        yield subclass
        yield from of_model(subclass)


def owners(record: Record, name: str) -> Iterator[type]:
    """Yield the class of the model that a key of a record belongs to."""
    return (base for base in type(record).__mro__ if name in get_annotations(base))


def choices(annotation: Any) -> tuple[str, ...]:
    """Return what may be written where a key has fixed choices."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    types = [kind for kind in get_args(annotation) if get_origin(annotation) in (Union, UnionType) and kind is not type(None)]
    return choices(types[0]) if len(types) == 1 else ()


def test_every_kind_of_block_has_an_example(documents: Sequence[Document]) -> None:
    there = {type(block) for document in documents for block in document.body}
    assert {kind for kind, model in BLOCKS.items() if model not in there} == set()


def test_every_type_of_fact_has_an_example(documents: Sequence[Document]) -> None:
    facts = [fact for document in documents for fact in document.facts.values()]
    there = {fact.kind if isinstance(fact, Quantity) else next(iter(type(fact).model_fields)) for fact in facts}
    assert set(FACT_TYPES) - there == set()


def test_every_filter_has_an_example() -> None:
    written = "".join((HERE / name).read_text("utf-8") for name in SOURCES)
    assert set(FILTERS) - set(re.findall(r"\| ([a-z]+)", written)) == OF_TEMPLATES


def test_every_key_has_an_example(documents: Sequence[Document]) -> None:
    keys = {
        (model, name) for model in {*of_model(Record)} - NO_KEYS for name in get_annotations(model) if name in model.model_fields
    }
    written = {
        (owner, name)
        for document in documents
        for record in records(document)
        for name in record.model_fields_set
        for owner in owners(record, name)
    }
    assert {f"{owner.__name__}.{name}" for owner, name in keys - written} == set()


def test_every_choice_has_an_example(documents: Sequence[Document]) -> None:
    """How far minutes are confirmed is one for a document; each is built below."""
    all_records = [record for document in documents for record in records(document)]
    wanted = {
        f"{kind.__name__}.{name}: {choice}"
        for kind in {*of_model(Record)} - NO_KEYS - {Minutes}
        for name in get_annotations(kind)
        if name in kind.model_fields
        for choice in choices(kind.model_fields[name].annotation)
        if choice != "false"
    }
    there = {
        f"{owner.__name__}.{name}: {getattr(record, name)}"
        for record in all_records
        for name in type(record).model_fields
        for owner in owners(record, name)
        if isinstance(getattr(record, name), str)
    }
    assert wanted - there == set()


def test_sources_have_no_findings() -> None:
    assert check([HERE / name for name in SOURCES]) == []


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", SOURCES)
def test_sources_build_in_every_language_format_and_layout(name: str, layout: Layout, folder: Path, tmp_path: Path) -> None:
    alone = LANGUAGES if layout == LAYOUTS[0] else ()
    outputs = build(
        [folder / name], tmp_path / "out", BuildRequest(editions=(*alone, "en+tc+sc"), layout=layout, formats=FORMATS)
    )
    assert len(outputs) == (len(alone) + 1) * len(FORMATS)
    assert {finding.code for output in outputs for finding in output.findings} <= MAY_BE_TOLD


@pytest.mark.parametrize("style", style_names(Workspace()))
def test_sources_build_in_every_house_style(style: str, folder: Path, tmp_path: Path) -> None:
    for name in SOURCES:
        source = folder / name
        source.write_text(re.sub("(?m)^style: .*", f"style: {style}", source.read_text("utf-8")), "utf-8")
        outputs = build([source], tmp_path / "out", BuildRequest(editions=("en", "tc", "tc+sc")))
        assert [finding for output in outputs for finding in output.findings] == []


@pytest.mark.parametrize("status", choices(Minutes.model_fields["status"].annotation))
def test_minutes_build_in_every_status(status: str, folder: Path, tmp_path: Path) -> None:
    source = folder / "minutes.yaml"
    source.write_text(source.read_text("utf-8").replace("status: confirmed", f"status: {status}"), "utf-8")
    outputs = build([source], tmp_path / "out", BuildRequest(editions=("en", "tc")))
    assert [finding for output in outputs for finding in output.findings] == []


@pytest.mark.parametrize("public", [False, True])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_pack_is_made_in_every_layout(layout: Layout, public: bool, folder: Path, tmp_path: Path) -> None:
    alone = ["sc"] if layout == LAYOUTS[0] else []
    pack = make_pack(
        folder / "minutes.yaml", tmp_path / "out", BuildRequest(editions=(*alone, "en+tc"), layout=layout), public=public
    )
    assert {finding.code for finding in pack.findings} == ({"access-published"} if public else set())
    pages = [path for path in pack.files if path.suffix in (".docx", ".pdf") and path.parent.name != "annexes"]
    assert len(pages) == (len(alone) + 1) * (2 * len(PACK_DOCUMENTS) + 1)


@pytest.mark.parametrize("form", ENDINGS)
@pytest.mark.parametrize("name", SOURCES)
def test_translation_files_read_back_unchanged(name: str, form: Any, folder: Path) -> None:
    source = folder / name
    before = source.read_bytes()
    sent = source.with_suffix(f".{ENDINGS[form]}")
    sent.write_bytes(export_translations(open_source(source, draft=True), "tc", form))
    result = import_translations(source, [sent], to="tc")
    assert (result.changed, result.finished_drafts, source.read_bytes()) == ((), (), before)


@pytest.mark.parametrize("name", SOURCES)
def test_review_files_read_back_unchanged(name: str, folder: Path, tmp_path: Path) -> None:
    source = folder / name
    before = source.read_bytes()
    outputs = build([source], tmp_path / "out", BuildRequest(editions=("en", "tc", "en+tc"), formats=("docx",)))
    review = import_word_review(source, [output.path for output in outputs])
    assert (review.changes, review.comments, review.findings) == ((), (), ())
    assert source.read_bytes() == before
