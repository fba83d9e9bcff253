"""ipdocs import: make a source from a finished release, or import the files of translators and reviewers."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ipdocs.cli.build import split_list
from ipdocs.cli.output import display_path, findings_reported, left_out_as_dict, print_lines, report
from ipdocs.cli.user import cache_folder
from ipdocs.findings import Finding, IpdocsError

if TYPE_CHECKING:
    from ipdocs.review.word.restructure import ReviewChange
    from ipdocs.review.word.reviewed_file import Comment


def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Files to read, or one folder of releases.", exists=True)],
    into: Annotated[
        Path | None, typer.Option(metavar="SOURCE", help="Source (or glossary) to change.", exists=True, dir_okay=False)
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="DIR", help="Folder for new sources.", file_okay=False)
    ] = None,
    name: Annotated[str, typer.Option("--id", help="Id of a new source. Default: from its title.")] = "",
    style: Annotated[str, typer.Option(help="House style of a new source. Default: recognised from the text.")] = "",
    to: Annotated[str, typer.Option(help="Language of the translation, if the file does not state it.")] = "",
    from_: Annotated[
        str, typer.Option("--from", help="Source language of the translation. Default: the first language of the document.")
    ] = "",
    approved: Annotated[
        bool,
        typer.Option("--approved", help="The releases of the folder were issued: add their translations to the memory."),
    ] = False,
    by: Annotated[str, typer.Option(help="Name of the person who approved the releases. Default: your user name.")] = "",
    accept: Annotated[bool, typer.Option("--accept", help="Also import changes that were reported as doubtful.")] = False,
    only: Annotated[str, typer.Option(metavar="ID,ID", help="Import only these texts, blocks or terms.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print the changes and the findings as JSON.")] = False,
) -> None:
    """Make new sources from finished releases (-o), or import edits and translations into a source (--into).

    A release is one Word file, web page or text file for each language, or one file with several languages. In a folder, the
    files of a release have the same name apart from the language, such as 1.en.docx and 1.tc.docx. Releases that were imported
    before are skipped.

    With --into, all files of translators and reviewers are checked before the source is changed. Translations with errors are
    listed and left out, and the exit code is 1.
    """
    if (into is None) == (out is None):
        raise typer.BadParameter("use either --into SOURCE to change a source, or -o DIR to make a new one", param_hint="--into")
    folders = [file for file in files if file.is_dir()]
    if folders and (out is None or len(files) > 1):
        raise typer.BadParameter("import one folder alone, with -o DIR", param_hint="FILE")
    if folders and name:
        raise typer.BadParameter("the ids of the releases of a folder are made from their titles", param_hint="--id")
    if approved and not folders:
        raise typer.BadParameter("this option is for a folder of releases; see `ipdocs memory add`", param_hint="--approved")
    if out is not None and folders:
        from ipdocs.cli.import_folder import import_releases

        import_releases(folders[0], out, style, by, json, approved=approved)
        return
    if out is not None:
        _import_release(files, out, name, style, json)
        return
    if into is not None:
        _import_edits(files, into, to, from_, accept, split_list(only), json)


def _import_release(files: list[Path], out: Path, name: str, style: str, json: bool) -> None:
    """Make a source from the files of a release, and print the lines that the source leaves out."""
    from ipdocs.importing.import_release import import_release, place_in_file
    from ipdocs.values.types import HONG_KONG

    with findings_reported(json):
        summary = import_release(files, out, datetime.now(HONG_KONG), name=name, style=style)
    left_out = [(place_in_file(display_path(path), entry.line), entry) for path, entry in summary.left_out]
    if json:
        lines = [left_out_as_dict(place, entry) for place, entry in left_out]
        counts = {"blocks": summary.block_count, "paired": summary.paired_count, "facts": summary.facts, "terms": summary.terms}
        report(summary.findings, as_json=True, path=str(summary.path), left_out=lines, **counts)
        return
    report(summary.findings)
    for place, entry in left_out:
        print_lines(f"left out ({entry.description}): {place}: {entry.text[:80]}")
    summary_line = f"{summary.block_count} blocks, {len(summary.facts)} facts, {len(summary.terms)} glossary terms"
    print_lines(f"{display_path(summary.path)}: {summary_line}")


def _import_edits(files: list[Path], into: Path, to: str, from_: str, accept: bool, only: list[str], json: bool) -> None:
    """Import the files of translators and reviewers into a source as a single change, or import terms into a glossary."""
    from ipdocs.review.word.import_review import is_built, review_changes
    from ipdocs.source.changes import combine_changes, conflict_findings
    from ipdocs.source.open import open_source
    from ipdocs.source.update import write_changes
    from ipdocs.translation.formats.docx import is_table
    from ipdocs.translation.import_translations import translation_changes
    from ipdocs.translation.refused_texts import read_remarks, store_remarks
    from ipdocs.translation.terms import import_terms, is_glossary

    changed_texts: list[str] = []
    comments: list[str] = []
    findings: list[Finding] = []
    term_findings: list[Finding] = []
    drafts: tuple[str, ...] = ()
    imported: Mapping[str, tuple[str, ...]] = {}
    refused: Mapping[str, Mapping[str, tuple[str, ...]]] = {}
    with findings_reported(json):
        glossary_files = files if is_glossary(into) else [file for file in files if file.suffix.lower() == ".tbx"]
        other_files = [file for file in files if file not in glossary_files]
        reviewed_files = [
            file for file in other_files if file.suffix.lower() == ".docx" and (is_built(file) or not is_table(file))
        ]
        translated_files = [file for file in other_files if file not in reviewed_files]
        if only and reviewed_files:
            raise typer.BadParameter(f"{reviewed_files[0]} is not a translation", param_hint="--only")
        for file in glossary_files:
            terms = import_terms(into, file, accept=accept, only=only)
            changed_texts += [*terms.new, *terms.changed]
            term_findings += terms.findings
        if reviewed_files or translated_files:
            source, changes = open_source(into, draft=True), []
            if reviewed_files:
                edits, review = review_changes(source, reviewed_files, accept=accept)
                changes.append(edits)
                changed_texts += [_change_line(change) for change in review.changes]
                comments = [_comment_line(block, comment) for block, comment in review.comments]
                findings += review.findings
            if translated_files:
                translations, result = translation_changes(
                    source,
                    translated_files,
                    to=to,
                    source_language=from_,
                    accept=accept,
                    only=only,
                    remarks=read_remarks(cache_folder(), into),
                )
                changes.append(translations)
                changed_texts += dict.fromkeys((*result.changed, *result.finished_drafts, *result.drafts))
                drafts, imported, refused = result.drafts, result.imported, result.refused
                findings += result.findings
            findings += (conflicts := conflict_findings(source, changes))
            if conflicts and not accept:
                raise IpdocsError(conflicts)
            write_changes(source, combine_changes(changes))
            with suppress(IpdocsError):  # the remarks are a convenience, and some users have no place to store them
                store_remarks(cache_folder(), into, refused, imported)
    doubtful = term_findings if accept and not refused else [*term_findings, *findings]
    has_errors = any(finding.severity == "error" for finding in doubtful)
    findings = [*term_findings, *findings]
    if json:
        refused_texts = {name: remarks for texts in refused.values() for name, remarks in texts.items()}
        report(findings, as_json=True, changed=changed_texts, drafts=drafts, refused=refused_texts, comments=comments)
    else:
        report(findings)
        for comment in comments:
            print_lines(f"comment: {comment}")
        for name in changed_texts:
            print_lines(f"{display_path(into)}: {name}{' (draft)' if name in drafts else ''}")
        change_count = f"{len(changed_texts)} change{'' if len(changed_texts) == 1 else 's'}"
        next_step = (
            f"read the rows of these terms in {display_path(into.parent)}"
            if is_glossary(into)
            else f"read the changed blocks, then run `ipdocs confirm {display_path(into)}`"
        )
        print_lines(f"{change_count} imported; {next_step}" if changed_texts else "nothing has changed")
        for language, texts in refused.items():
            text_count, them = (f"{len(texts)} texts were", "them") if len(texts) > 1 else ("1 text was", "it")
            command = f"ipdocs export {display_path(into)} --to {language} --only {','.join(texts)}"
            print_lines(f"{text_count} not imported; to send {them} back, run `{command}`")
    if has_errors:
        raise typer.Exit(1)


def _comment_line(block: str, comment: Comment) -> str:
    return f"{block or 'no block'}: {comment.author}: {comment.text} (on “{comment.about}”)"


def _change_line(change: ReviewChange) -> str:
    """Return the line that describes a change by a reviewer."""
    by = f", tracked by {', '.join(change.authors)}" if change.authors else ""
    return f"{change.block} ({change.language}): {change.kind}{by}"
