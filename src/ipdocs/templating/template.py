"""Render a localised document as HTML in one language, with a Jinja template for its kind of document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    pass_context,
)
from jinja2.runtime import Context
from markupsafe import Markup, escape

from ipdocs.findings import Finding, IpdocsError, Location, raise_errors
from ipdocs.locale.cldr import language_name
from ipdocs.locale.language import language
from ipdocs.localisation.localised_document import LocalisedDocument
from ipdocs.localisation.localised_text import unbroken
from ipdocs.templating.fragment_checks import fragment_findings
from ipdocs.templating.number_columns import number_columns
from ipdocs.templating.sandbox import TemplateEnvironment, TemplateLimit, count_steps
from ipdocs.values import filters
from ipdocs.values.filters import CannotRender
from ipdocs.workspace import Workspace

EXPRESSION_ERRORS = (
    *(ArithmeticError, AttributeError, LookupError, MemoryError, RecursionError, SyntaxError, TypeError, ValueError),
)
"""Errors that an expression in a template may raise besides Jinja's own, for example in a filter with a wrong value."""

HINT = "correct this line; templates/README.md lists what a template may use"
RECURSION_HINT = "remove the include or call that leads back to this line, or put it in an {% if %} that ends the recursion"

MAX_LENGTH = 1_000_000
"""Maximum number of characters in a template."""


def render_fragment(document: LocalisedDocument, template: str = "document.html", **extra_variables: Any) -> str:
    """Return the HTML of a localised document from a template for its kind of document.

    Phrases that the catalog lacks are added to `document.catalog.missing`.

    Args:
        document: the document.
        template: the name of the template.
        extra_variables: further variables for the template.

    Raises:
        IpdocsError: the template has a mistake; the finding has its line.
    """
    name, workspace = f"{document.kind}/{template}", document.workspace
    text = _render(document, name, extra_variables)
    raise_errors(fragment_findings(text, workspace.find(f"templates/{name}") or Path(name)))
    return text


def _render(document: LocalisedDocument, name: str, extra_variables: Mapping[str, Any]) -> str:
    workspace = document.workspace
    try:
        with count_steps():
            return environment(workspace).get_template(name).render(template_variables(document), **extra_variables)
    except TemplateNotFound as error:
        location = Location(Path(f"templates/{name}")) if error.name == name else _error_location(error, name, workspace)
        hint = f"create templates/{error.name}"
        raise IpdocsError([Finding("no-template", f"there is no template {error.name!r}", location, hint)]) from error
    except CannotRender as error:
        raise IpdocsError(
            [Finding("bad-template", error.message, _error_location(error, name, workspace), error.hint)]
        ) from error
    except TemplateError as error:
        raise IpdocsError(
            [Finding("bad-template", template_error_text(error), _error_location(error, name, workspace), HINT)]
        ) from error
    except RecursionError as error:
        location = _repeated_location(error, workspace) or _error_location(error, name, workspace)
        raise IpdocsError([Finding("bad-template", error_text(error), location, RECURSION_HINT)]) from error
    except EXPRESSION_ERRORS as error:
        raise IpdocsError([Finding("bad-template", error_text(error), _error_location(error, name, workspace), HINT)]) from error


def template_error_text(error: TemplateError) -> str:
    """Return the message for an error that Jinja reports in a template."""
    reason = re.sub(r"'ipdocs\.[\w.]+ object' has", "this value has", str(error.message)).removesuffix(".")
    return f"this template cannot be rendered: {reason}"


def error_text(error: Exception) -> str:
    """Return the message for an error in an expression of a template."""
    if isinstance(error, RecursionError):
        return "this template includes or calls itself without end, or nests its expressions too deeply"
    return f"this expression fails: {type(error).__name__}: {error}"


def template_variables(localised: LocalisedDocument) -> dict[str, Any]:
    """Return the variables for HTML and Word templates."""
    return {
        "document": localised.document,
        "language": localised.language,
        "setting": localised.value_context,
        "release": localised.value_context.style.release,
        "photos": sum(block.kind == "figure" for block in localised.document.body),
        "gettext": _interpolating_gettext(localised.catalog.gettext),
        "ngettext": _interpolating_ngettext(localised.catalog.ngettext),
        "pgettext": lambda context, message: localised.catalog.pgettext(context, message),
        "language_name": lambda code: _language_name(code, localised),
    }


@cache
def environment(workspace: Workspace) -> TemplateEnvironment:
    """Return the sandboxed Jinja environment for the templates of a workspace; it escapes texts and refuses undefined names."""
    environment = TemplateEnvironment(
        loader=_Loader([root / "templates" for root in workspace.roots]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    environment.filters |= {name: _value_filter(name) for name in filters.FILTERS}
    environment.filters |= {"lines": _with_line_breaks, "roman": _roman, "sequence": tuple, "number_columns": number_columns}
    environment.filters |= {"unbroken": unbroken, "breakable": _breakable}
    return environment


class _Loader(FileSystemLoader):
    """A loader that refuses a template over the length limit."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return the text of a template, its path, and a function that returns whether the text is up to date."""
        source = super().get_source(environment, template)
        if len(source[0]) > MAX_LENGTH:
            raise TemplateLimit(f"the template {template!r} has more than {MAX_LENGTH:,} characters")
        return source


def _value_filter(name: str) -> Callable[..., str]:
    """Return the template filter that applies the filter `name` of values, and keeps short results on one line."""

    @pass_context
    def apply(context: Context, value: Any, *arguments: Any, **options: Any) -> str:
        return unbroken(filters.apply_filter(name, value, arguments, options, context["setting"]))

    return apply


def _with_line_breaks(text: str) -> Markup:
    """Return a text with <br> between its lines."""
    return Markup("<br>").join(escape(line) for line in str(text).strip().splitlines())


def _breakable(text: str) -> str:
    """Return a text with spaces instead of no-break spaces, for narrow columns."""
    return text.replace("\u00a0", " ")


def _roman(number: int) -> str:
    """Return a number from 1 to 3,999 in Roman numerals, such as IV."""
    if not 1 <= number < 4000:
        raise ValueError(f"there is no Roman numeral for {number}")
    letters = ""
    for value, letter in (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        letters += letter * (number // value)
        number %= value
    return letters


def _language_name(code: str, localised: LocalisedDocument) -> str:
    """Return the name of the language with a code, as the language of a document has it."""
    return language_name(language(code, localised.workspace).tag, localised.value_context.language_style.cldr)


def _interpolating_gettext(translate: Callable[[str], str]) -> Callable[..., Markup]:
    return lambda message, /, **variables: Markup(translate(message)) % variables  # noqa: S704 - catalogs are the workspace's own


def _interpolating_ngettext(translate: Callable[[str, str, int], str]) -> Callable[..., Markup]:
    return lambda singular, plural, number, /, **variables: (
        Markup(translate(singular, plural, number)) % {"num": number, **variables}  # noqa: S704 - as above
    )


def _error_location(error: Exception, name: str, workspace: Workspace) -> Location:
    """Return the template line that an error comes from: the innermost template frame of the traceback."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return Location(Path(error.filename), error.lineno)
    return next(reversed(_template_locations(error, workspace)), Location(workspace.find(f"templates/{name}") or Path(name), 1))


def _repeated_location(error: RecursionError, workspace: Workspace) -> Location | None:
    """Return the first template line that an endless recursion repeats, preferably in a template of the workspace."""
    locations = _template_locations(error, workspace)
    repeated = [location for location, count in Counter(locations).items() if count > 1]
    own_locations = [location for location in repeated if workspace.root and location.path.is_relative_to(workspace.root)]
    return next(iter(own_locations or repeated), None)


def _template_locations(error: Exception, workspace: Workspace) -> list[Location]:
    """Return the template lines in the traceback of an error, the innermost last."""
    folders = tuple(str(root / "templates") for root in workspace.roots)
    locations, traceback = [], error.__traceback__
    while traceback:
        if traceback.tb_frame.f_code.co_filename.startswith(folders):
            locations.append(Location(Path(traceback.tb_frame.f_code.co_filename), traceback.tb_lineno))
        traceback = traceback.tb_next
    return locations
