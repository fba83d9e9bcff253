"""Report WeasyPrint's errors in stylesheets as findings with the location of the declaration or selector."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from traceback import walk_tb
from typing import Any

from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.templating.html_document import Stylesheet

BASE_URL = "asset:"
"""The base URL for pictures in stylesheets; it leaves the names of pictures unchanged."""
CSS_PACKAGES = ("weasyprint", "tinycss2", "cssselect2")
"""The packages that read stylesheets for ipdocs."""
HINT = "undo the last change to the stylesheet"


@contextmanager
def report_stylesheet_errors(sheets: Sequence[Stylesheet]) -> Iterator[None]:
    """Turn errors from the packages that read stylesheets into findings, with the location of the cause if it is known.

    Raises:
        IpdocsError: WeasyPrint cannot read, compute or lay out a declaration of these stylesheets.
    """
    try:
        yield
    except IpdocsError:
        raise
    except Exception as error:
        packages = [frame.f_globals.get("__name__", "").partition(".")[0] for frame, _ in walk_tb(error.__traceback__)]
        known = [package for package in packages if package == "ipdocs" or package in CSS_PACKAGES]
        if known[-1:] not in ([package] for package in CSS_PACKAGES):
            raise
        raise IpdocsError(
            [unreadable_declaration_finding(sheets) or _unreadable_finding(error, Location(sheets[-1].path, 1, 1))]
        ) from error


def unreadable_declaration_finding(sheets: Sequence[Stylesheet]) -> Finding | None:
    """Return a finding about the first declaration or selector that raises an error when it is read, or None."""
    import cssselect2
    import tinycss2
    from weasyprint.css.validation import preprocess_declarations

    for sheet in sheets:
        parts = tinycss2.parse_stylesheet(sheet.text, skip_comments=True, skip_whitespace=True)
        while parts:
            part = parts.pop(0)
            try:
                if part.type == "declaration":
                    list(preprocess_declarations(BASE_URL, [part]))
                elif part.type == "qualified-rule":
                    cssselect2.compile_selector_list(part.prelude)
            except cssselect2.SelectorError:
                pass  # WeasyPrint ignores such a rule and logs it, which becomes a warning
            except Exception as error:
                return _unreadable_finding(error, Location(sheet.path, part.source_line, part.source_column), _quote(part))
            if getattr(part, "content", None):
                parts += tinycss2.parse_blocks_contents(part.content, skip_comments=True, skip_whitespace=True)
    return None


def _unreadable_finding(error: Exception, location: Location, subject: str = "this document") -> Finding:
    return Finding("bad-style", f"WeasyPrint cannot lay out {subject}: {type(error).__name__}: {error!s:.200}", location, HINT)


def _quote(part: Any) -> str:
    """Return the beginning of a declaration or selector in quotation marks."""
    import tinycss2

    text = (
        f"{part.name}: {tinycss2.serialize(part.value).strip()}"
        if part.type == "declaration"
        else tinycss2.serialize(part.prelude)
    )
    return repr(text[:80])
