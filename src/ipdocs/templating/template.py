"""A localised document and its kind's template in, the HTML of one language out."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.localisation.localised_document import LocalisedDocument
from ipdocs.localisation.localised_text import unbroken
from ipdocs.templating.number_columns import number_columns
from ipdocs.values import filters
from ipdocs.values.filters import CannotRender
from ipdocs.workspace import Workspace

MISTAKES = (ArithmeticError, LookupError, RecursionError, TypeError, ValueError)
"""What a template's expressions may raise beside Jinja's errors, also where they hand a filter what is not for it."""


def fragment(document: LocalisedDocument, template: str = "document.html", **more: Any) -> str:
    """Return the HTML of a localised document: the elements that a template of its kind makes, one after the other.

    More than the document, the template knows what is given by name.
    A mistake in a template is a finding with the template's line. Which
    phrases the catalog lacks is the catalog's to tell, after this.
    """
    name, workspace = f"{document.kind}/{template}", document.workspace
    try:
        return environment(workspace).get_template(name).render(names(document), **more)
    except TemplateNotFound as error:
        raise IpdocsError(
            [Finding("no-template", f"there is no template {error.name!r}", None, f"put it at templates/{error.name}")]
        ) from error
    except CannotRender as error:
        raise IpdocsError([Finding("bad-template", error.message, _place(error, name, workspace), error.hint)]) from error
    except TemplateError as error:
        raise IpdocsError([Finding("bad-template", str(error.message), _place(error, name, workspace))]) from error
    except MISTAKES as error:
        raise IpdocsError([Finding("bad-template", mistake(error), _place(error, name, workspace))]) from error


def mistake(error: Exception) -> str:
    """Return what an expression of a template did wrong."""
    return f"{type(error).__name__}: {error}"


def names(localised: LocalisedDocument) -> dict[str, Any]:
    """Return what templates know by name, whether they are HTML or Word."""
    return {
        "document": localised.document,
        "language": localised.language,
        "setting": localised.setting,
        "release": localised.setting.style.release,
        "photos": sum(block.kind == "figure" for block in localised.document.body),
        "gettext": _with_variables(localised.catalog.gettext),
        "ngettext": _with_count(localised.catalog.ngettext),
    }


@cache
def environment(workspace: Workspace) -> SandboxedEnvironment:
    """Return the environment that a workspace's templates live in: sandboxed, undefined names refused, values escaped."""
    made = SandboxedEnvironment(
        loader=FileSystemLoader([root / "templates" for root in workspace.roots]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    made.filters |= {name: _filter(name) for name in filters.FILTERS}
    made.filters |= {"lines": _lines, "roman": _roman, "sequence": tuple, "number_columns": number_columns}
    made.filters |= {"unbroken": unbroken, "breakable": _breakable}
    return made


def _filter(name: str) -> Callable[..., str]:
    """Return a filter of the vocabulary as templates call it, in the document's setting; what is short stays on a line."""

    @pass_context
    def apply(context: Context, value: Any, *arguments: Any, **options: Any) -> str:
        return unbroken(filters.apply(name, value, arguments, options, context["setting"]))

    return apply


def _lines(text: str) -> Markup:
    """Return text with a line break for each new line."""
    return Markup("<br>").join(escape(line) for line in str(text).strip().splitlines())


def _breakable(text: str) -> str:
    """Return text whose lines may end at every space, for narrow columns."""
    return text.replace("\u00a0", " ")


def _roman(number: int) -> str:
    """Return a number from 1 on in roman numerals: IV."""
    letters = ""
    for worth, letter in ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        letters += letter * (number // worth)
        number %= worth
    return letters


def _with_variables(translate: Callable[[str], str]) -> Callable[..., Markup]:
    return lambda message, /, **variables: Markup(translate(message)) % variables  # noqa: S704 - catalogs are the workspace's own


def _with_count(translate: Callable[[str, str, int], str]) -> Callable[..., Markup]:
    return lambda one, many, number, /, **variables: Markup(translate(one, many, number)) % {"num": number, **variables}  # noqa: S704


def _place(error: Exception, name: str, workspace: Workspace) -> Location:
    """Return the line of a template that an error comes from: the innermost frame that is a template's."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return Location(Path(error.filename), error.lineno)
    folders = tuple(str(root / "templates") for root in workspace.roots)
    step, line = error.__traceback__, Location(workspace.find(f"templates/{name}") or Path(name))
    while step:
        if step.tb_frame.f_code.co_filename.startswith(folders):
            line = Location(Path(step.tb_frame.f_code.co_filename), step.tb_lineno)
        step = step.tb_next
    return line
