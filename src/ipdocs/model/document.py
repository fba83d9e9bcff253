"""Models of documents: the common base, press releases and boilerplate sections."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from ipdocs.model.blocks import AnyBlock, Figure, Notes, ReleaseBlock, Table
from ipdocs.model.facts import Date, Fact, Issued, Moment, Record
from ipdocs.model.text import Id, LanguageName, PerLanguage, Text, Texts


def _refuse_bad_fact_name(name: Text) -> Text:
    """Refuse a name that cannot be used as a fact name in an expression."""
    if not re.fullmatch("[a-z][a-z0-9_]{0,79}", name):
        suggestion = re.sub("[^a-z0-9]+", "_", name.lower()).strip("_0123456789") or "met"  # any valid name serves as an example
        message = f"'{name:.40}' cannot be the name of a fact: use lowercase letters, digits and _"
        raise PydanticCustomError("bad-id", "{message}", {"message": message, "hint": f"write, for example, {suggestion}"})
    return name


FactName = Annotated[Text, AfterValidator(_refuse_bad_fact_name), Field(json_schema_extra={"pattern": "^[a-z][a-z0-9_]{0,79}$"})]


class Contact(Record):
    """The contact for press enquiries."""

    office: Texts
    post: Texts | None = None
    phone: PerLanguage[Text] | None = None
    email: PerLanguage[Text] | None = None


class Body(Record, defer_build=True):
    """The base class for press releases, minutes and boilerplate sections, with facts and blocks.

    To speed up startup, pydantic builds the validator for a kind only when the first source of that kind is read.
    """

    schema_version: Literal["1"] = Field(alias="schema")
    id: Id
    facts: dict[FactName, Fact] = Field(default_factory=dict)
    body: list[AnyBlock] = Field(default_factory=list)


class Correction(Record):
    """A correction published in a later version of a release, with its time of issue."""

    issued: Moment
    text: Texts


Classification = Literal["open", "restricted", "confidential"]
"""Who may read a document or an annex: `open` means the public; other values mean only its addressees."""


class Document(Body):
    """A document for issue.

    A classification other than open is printed under the title. Such a document has no public version, and is not exported to
    translators, sent to a translation service or added to the memory.

    Attributes:
        style: the name of the house style.
        domains: the domains of the glossary whose terms apply to the document, besides those of its kind and workspace.
        classification: who may read the document.
        languages: the languages in which the source is written.
        title: the title.
        example: a line that marks the document as an example.
        allow: the checks that are not applied to the document, each with the reason.
    """

    style: Text
    domains: list[Text] = Field(default_factory=list)
    classification: Classification = "open"
    languages: list[LanguageName] = Field(min_length=1)
    title: Texts | None = None
    example: Texts | None = None
    allow: dict[Text, Text] = Field(default_factory=dict)

    IMPLICIT_FACTS: ClassVar[tuple[str, ...]] = ()
    """The names of facts that this kind of document defines outside `facts`."""

    @property
    def implicit_facts(self) -> dict[str, Any]:
        """The facts that this document defines outside `facts`, keyed by name."""
        return {}

    @property
    def issue_date(self) -> Any:
        """The date of issue: a Date or DateTime, or a mapping from languages to dates."""
        raise NotImplementedError


class PressRelease(Document):
    """A press release, with its issuer, date of issue, embargo and contact."""

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
    def issue_date(self) -> Any:
        """The date and time of issue, or a mapping from languages to dates."""
        return self.issued


class Section(Body):
    """A boilerplate section, written in English and translated in the catalogs."""

    kind: Literal["boilerplate"]
    body: list[ReleaseBlock] = Field(default_factory=list)


__all__ = ["Contact", "Date", "Document", "Figure", "Notes", "PressRelease", "Section", "Table"]
