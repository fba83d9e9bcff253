"""ipdocs import: a release from Word, a web page or text; and what comes back from translators and reviewers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ipdocs.cli.output import findings_reported, near, print_lines, report
from ipdocs.findings import Finding, IpdocsError

if TYPE_CHECKING:
    from ipdocs.review.word.import_review import ReviewChange
    from ipdocs.review.word.reviewed_file import Comment


def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="The files to read.", exists=True, dir_okay=False)],
    into: Annotated[
        Path | None, typer.Option(metavar="SOURCE", help="The source (or glossary) they belong to.", exists=True, dir_okay=False)
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="DIR", help="The folder for a new source.", file_okay=False)
    ] = None,
    name: Annotated[str, typer.Option("--id", help="The id of a new source; without it words of its title.")] = "",
    style: Annotated[str, typer.Option(help="The house style of a new source; without it the one its lines show.")] = "",
    to: Annotated[str, typer.Option(help="The language a file is in, where it does not say so.")] = "",
    from_: Annotated[
        str, typer.Option("--from", help="The language it was translated from; without it the document's first.")
    ] = "",
    accept: Annotated[bool, typer.Option("--accept", help="Take also what the findings doubt.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print what changed and the findings as JSON.")] = False,
) -> None:
    """Make a source of a release (-o), or take back what was sent out (--into).

    A release is one Word file, web page or text a language, or one with two. What comes back from translators is checked
    before anything is written.
    """
    if (into is None) == (out is None):
        raise typer.BadParameter("name the source they belong to, or with -o the folder for a new one", param_hint="--into")
    if out is not None:
        _new(files, out, name, style, json)
        return
    if into is not None:
        _back(files, into, to, from_, accept, json)


def _new(files: list[Path], out: Path, name: str, style: str, json: bool) -> None:
    """Make a source of files, and tell what became of them."""
    from ipdocs.importing.import_release import import_release

    with findings_reported(json):
        summary = import_release(files, out, datetime.now(UTC), name=name, style=style)
    left = [(str(near(path)), one) for path, one in summary.left_out]
    if json:
        told = [{"path": path, "line": one.line, "text": one.text, "reason": one.reason} for path, one in left]
        about = {"blocks": summary.blocks, "paired": summary.paired, "facts": summary.facts, "terms": summary.terms}
        report(summary.findings, as_json=True, path=str(summary.path), left_out=told, **about)
        return
    report(summary.findings)
    for path, one in left:
        print_lines(f"left out ({one.reason}): {path}:{one.line}: {one.text[:80]}")
    print_lines(
        f"{near(summary.path)}: {summary.blocks} blocks, {len(summary.facts)} facts, {len(summary.terms)} terms of the glossary"
    )


def _back(files: list[Path], into: Path, to: str, from_: str, accept: bool, json: bool) -> None:
    """Take files back into a source, all as one change, or into a glossary; tell what changed."""
    from ipdocs.review.word.import_review import is_built, review_changes
    from ipdocs.source.changes import combine_changes, conflict_findings
    from ipdocs.source.open import open_source
    from ipdocs.source.update import write_changes
    from ipdocs.translation.import_translations import translation_changes
    from ipdocs.translation.terms import import_terms

    changed: list[str] = []
    comments: list[str] = []
    findings: list[Finding] = []
    with findings_reported(json):
        glossaries = [file for file in files if file.suffix.lower() == ".tbx"]
        reviewed = [file for file in files if file.suffix.lower() == ".docx" and is_built(file)]
        translated = [file for file in files if file not in reviewed and file not in glossaries]
        for file in glossaries:
            terms = import_terms(into, file, accept=accept)
            changed += [*terms.new, *terms.changed]
        if reviewed or translated:
            source, changes = open_source(into, draft=True), []
            if reviewed:
                edits, review = review_changes(source, reviewed, accept=accept)
                changes.append(edits)
                changed += [_described(change) for change in review.changes]
                comments = [_comment(block, comment) for block, comment in review.comments]
                findings += review.findings
            if translated:
                translations, result = translation_changes(source, translated, to=to, source_language=from_, accept=accept)
                changes.append(translations)
                changed += [*result.changed, *result.finished_drafts]
                findings += result.findings
            findings += (conflicts := conflict_findings(source, changes))
            if conflicts and not accept:
                raise IpdocsError(conflicts)
            write_changes(source, combine_changes(changes))
    if json:
        report(findings, as_json=True, changed=changed, comments=comments)
        return
    report(findings)
    for comment in comments:
        print_lines(f"comment: {comment}")
    for name in changed:
        print_lines(f"{near(into)}: {name}")
    count = f"{len(changed)} change{'' if len(changed) == 1 else 's'}"
    print_lines(f"{count} taken; look at them, then `ipdocs confirm {near(into)}`" if changed else "nothing has changed")


def _comment(block: str, comment: Comment) -> str:
    return f"{block or 'no block'}: {comment.author}: {comment.text} (on “{comment.about}”)"


def _described(change: ReviewChange) -> str:
    """Return a reviewer's change in a line."""
    by = f", tracked by {', '.join(change.tracked)}" if change.tracked else ""
    return f"{change.block} ({change.language}): {change.kind}{by}"
