"""Documents: the kinds of source there are."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from ipdocs.model.blocks import AnyBlock, Figure, Notes, ReleaseBlock, Table
from ipdocs.model.facts import Date, Fact, Issued, Moment, Record
from ipdocs.model.text import Id, LanguageName, PerLanguage, Text, Texts


def _fact_name(name: Text) -> Text:
    """Refuse what an expression cannot name."""
    if not re.fullmatch("[a-z][a-z0-9_]{0,79}", name):
        near = re.sub("[^a-z0-9]+", "_", name.lower()).strip("_0123456789") or "met"
        message = f"'{name:.40}' is no name of a fact: they have small letters, digits and _"
        raise PydanticCustomError("bad-id", "{message}", {"message": message, "hint": f"for example: {near}"})
    return name


FactName = Annotated[Text, AfterValidator(_fact_name), Field(json_schema_extra={"pattern": "^[a-z][a-z0-9_]{0,79}$"})]


class Contact(Record):
    """Whom the press may ask."""

    office: Texts
    post: Texts | None = None
    phone: PerLanguage[Text] | None = None
    email: PerLanguage[Text] | None = None


class Body(Record, defer_build=True):
    """What a release, minutes and a boilerplate section share: facts and blocks.

    Pydantic makes the validator of a kind when the first source of it is read.
    """

    schema_version: Literal["1"] = Field(alias="schema")
    id: Id
    facts: dict[FactName, Fact] = Field(default_factory=dict)
    body: list[AnyBlock] = Field(default_factory=list)


class Correction(Record):
    """What a corrected version changes, and when it was issued."""

    issued: Moment
    text: Texts


Classification = Literal["open", "restricted", "confidential"]
"""Who may read a document or an annex: everybody, or only those it is meant for."""


class Document(Body):
    """A document that is issued: its house style, its languages, its title; what checks are to pass it by, with the reason.

    One whose classification is not open says so under its title, and nothing of it leaves the house.
    """

    style: Text
    classification: Classification = "open"
    languages: list[LanguageName] = Field(min_length=1)
    title: Texts | None = None
    example: Texts | None = None
    allow: dict[Text, Text] = Field(default_factory=dict)

    STATED: ClassVar[tuple[str, ...]] = ()
    """The names under which a kind of document states facts of its own."""

    @property
    def stated(self) -> dict[str, Any]:
        """The facts that this document states outside `facts`, by their names."""
        return {}

    @property
    def dated(self) -> Any:
        """When this document was issued: a Date or DateTime, or one by language."""
        raise NotImplementedError


class PressRelease(Document):
    """A press release."""

    kind: Literal["press-release"]
    title: Texts
    body: list[ReleaseBlock] = Field(default_factory=list)
    style: Text = Text("gia")
    issued: PerLanguage[Issued]
    issuer: Texts | None = None
    reference: PerLanguage[Text] | None = None
    embargo: PerLanguage[Moment] | None = None
    correction: Correction | None = None
    on_behalf_of: Texts | None = None
    contact: PerLanguage[Contact] | None = None

    @property
    def dated(self) -> Any:
        """When this release was issued."""
        return self.issued


class Section(Body):
    """A boilerplate section: written in English, translated through the catalogs."""

    kind: Literal["boilerplate"]
    body: list[ReleaseBlock] = Field(default_factory=list)


__all__ = ["Contact", "Date", "Document", "Figure", "Notes", "PressRelease", "Section", "Table"]
