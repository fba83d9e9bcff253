"""Documents: the kinds of source there are."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ipdocs.model.blocks import AnyBlock, Figure, Notes, Table
from ipdocs.model.facts import Date, Fact, Moment, Record
from ipdocs.model.text import Id, LanguageName, PerLanguage, Text, Texts

FactName = Annotated[Text, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class Contact(Record):
    """Whom the press may ask."""

    office: Texts
    post: Texts | None = None
    phone: PerLanguage[Text] | None = None
    email: PerLanguage[Text] | None = None


class Body(Record):
    """What a release, minutes and a boilerplate section share: facts and blocks."""

    schema_version: Literal["1"] = Field(alias="schema")
    id: Id
    facts: dict[FactName, Fact] = Field(default_factory=dict)
    body: list[AnyBlock] = Field(default_factory=list)


class Correction(Record):
    """What a corrected version changes, and when it was issued."""

    issued: Moment
    text: Texts


class Document(Body):
    """A document that is issued: its house style, its languages, its title."""

    style: Text
    languages: list[LanguageName] = Field(min_length=1)
    title: Texts
    example: Texts | None = None


class PressRelease(Document):
    """A press release."""

    kind: Literal["press-release"]
    style: Text = Text("gia")
    issued: PerLanguage[Moment]
    issuer: Texts | None = None
    reference: PerLanguage[Text] | None = None
    embargo: PerLanguage[Moment] | None = None
    correction: Correction | None = None
    on_behalf_of: Texts | None = None
    contact: PerLanguage[Contact] | None = None


class Section(Body):
    """A boilerplate section: written in English, translated through the catalogs."""

    kind: Literal["boilerplate"]


KINDS: dict[str, type[Document]] = {"press-release": PressRelease}
"""The kinds of document, by the name a source gives under `kind`."""

__all__ = ["KINDS", "Contact", "Date", "Document", "Figure", "Notes", "PressRelease", "Section", "Table"]
