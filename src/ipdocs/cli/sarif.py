"""Findings as SARIF 2.1.0, for code scanning and editors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ipdocs.findings import Finding, Location
from ipdocs.workspace import real_path


def sarif(findings: Sequence[Finding], reasons: dict[str, str], version: str, root: Path) -> dict[str, Any]:
    """Return findings as a SARIF log.

    Args:
        findings: the findings.
        reasons: the reason for each rule, keyed by code.
        version: the version of ipdocs.
        root: the folder that paths in the log are relative to.
    """
    codes = sorted({finding.code for finding in findings})
    rules = [{"id": code, **({"shortDescription": {"text": reasons[code]}} if code in reasons else {})} for code in codes]
    run = {
        "tool": {"driver": {"name": "ipdocs", "version": version, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, codes.index(finding.code), root) for finding in findings],
    }
    return {"version": "2.1.0", "runs": [run]}


def _result(finding: Finding, rule_index: int, root: Path) -> dict[str, Any]:
    text = f"{finding.message}. {finding.hint}" if finding.hint else finding.message
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule_index,
        "level": finding.severity,
        "message": {"text": text},
    }
    if finding.location:
        result["locations"] = [_location(finding.location, root)]
    if finding.other_places:
        result["occurrenceCount"] = finding.count
    related_excerpts = [excerpt for excerpt in finding.excerpts if excerpt.location and excerpt.location != finding.location]
    related = [(excerpt.location, f"{excerpt.language}: {excerpt.words or excerpt.text}") for excerpt in related_excerpts]
    related += [(place, "also here") for place in finding.other_places]
    if related:
        result["relatedLocations"] = [
            _related_location(index, location or Location(root), text, root) for index, (location, text) in enumerate(related, 1)
        ]
    return result


def _related_location(index: int, location: Location, text: str, root: Path) -> dict[str, Any]:
    return {"id": index, **_location(location, root), "message": {"text": text}}


def _location(location: Location, root: Path) -> dict[str, Any]:
    """Return a location; the paragraphs of a Word file are logical locations, because a region would have lines."""
    path = real_path(location.path)
    uri = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_uri()
    physical_location: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if location.line and location.unit == "paragraph":
        name = f"paragraph {location.line}"
        return {"physicalLocation": physical_location, "logicalLocations": [{"name": name, "kind": "element"}]}
    if location.line:
        region = {"startLine": location.line}
        if location.column:
            region |= {"startColumn": location.column, "endColumn": location.column + max(location.length, 1)}
        physical_location["region"] = region
    return {"physicalLocation": physical_location}
