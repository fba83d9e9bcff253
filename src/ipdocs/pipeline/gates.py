"""The gates: checks that a source must pass before it is issued. `check` and every command that makes files apply them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ipdocs.checks.checked_document import read_document
from ipdocs.checks.chinese_script import wrong_script_findings
from ipdocs.checks.run_rules import rule_errors
from ipdocs.checks.translation_status import stale_findings
from ipdocs.checks.withheld_words import CODE as WITHHELD_WORDS
from ipdocs.findings import Finding, NotReleasable, raise_errors, sort_findings
from ipdocs.localisation.localised_document import LocalisedDocument
from ipdocs.model.text import Text
from ipdocs.source.disclosure import refuse_unless_open
from ipdocs.source.inherited import inherited_findings
from ipdocs.source.meeting_checks import quorum_findings
from ipdocs.source.open import Source


def release_findings(source: Source, documents: Iterable[LocalisedDocument]) -> list[Finding]:
    """Return the errors that prevent the release of a source, and warnings, in the order of their locations.

    A final document has no gaps, stale translations, unchecked facts of an earlier document or characters of the other Chinese
    script. A draft may have all of these.

    Args:
        source: the source, with its gaps.
        documents: the localised documents in the languages to release.
    """
    findings = [*quorum_findings(source.document), *_reduced_pictures(source)]
    if not source.draft:
        findings += [*source.gaps, *stale_findings(source), *inherited_findings(source)]
        findings += wrong_script_findings(source, documents)
    return sort_findings(findings)


def refuse_disclosure(source: Source, consequence: str) -> None:
    """Refuse a document that is not open, or whose open texts contain withheld names or terms.

    A block can permit a name or term under `allow`. Every command that publishes, sends out or stores open texts calls this
    function: public versions and their lists of actions, exports for translators, machine translation, the memory.

    Args:
        source: the source.
        consequence: the end of the message about the classification, such as "it has no public version".

    Raises:
        NotReleasable: the document is not open, or open texts contain withheld words; there is a finding for each.
    """
    refuse_unless_open(source, consequence)
    raise_errors(rule_errors(WITHHELD_WORDS, read_document(source)), NotReleasable)


def _reduced_pictures(source: Source) -> Iterator[Finding]:
    """Yield a warning for each part of a picture that issued documents leave out, such as a layer or a second frame."""
    for name, picture in source.pictures.items():
        location = name.locate() if isinstance(name, Text) else None
        for loss in picture.losses:
            hint = "save the part to be shown as a separate picture"
            yield Finding("picture-reduced", f"the picture {str(name)!r}: {loss}", location, hint, "warning")
