"""A localised document and its kind's template in, the HTML of one language out."""

from __future__ import annotations

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
from ipdocs.localisation.localised_document import LocalisedDocument
from ipdocs.localisation.localised_text import unbroken
from ipdocs.templating.fragment_checks import fragment_problems
from ipdocs.templating.number_columns import number_columns
from ipdocs.templating.sandbox import TemplateEnvironment, TemplateLimit, counted_steps
from ipdocs.values import filters
from ipdocs.values.filters import CannotRender
from ipdocs.workspace import Workspace

MISTAKES = (*(ArithmeticError, AttributeError, LookupError, MemoryError, RecursionError, SyntaxError, TypeError, ValueError),)
"""What a template's expressions may raise beside Jinja's errors, also where they hand a filter what is not for it."""

HINT = "correct this line; templates/README.md says what a template may use"
"""What helps where Jinja says what is wrong."""

RECURSION_HINT = "take out the include or call that leads back here, or put it in an {% if %} that ends it"

MAX_LENGTH = 1_000_000
"""Characters of a template."""


def render_fragment(document: LocalisedDocument, template: str = "document.html", **more: Any) -> str:
    """Return the HTML of a localised document: the elements that a template of its kind makes, one after the other.

    More than the document, the template knows what is given by name.
    A mistake in a template is a finding with the template's line. Which
    phrases the catalog lacks is the catalog's to tell, after this.
    """
    name, workspace = f"{document.kind}/{template}", document.workspace
    text = _rendered(document, name, more)
    raise_errors(fragment_problems(text, workspace.find(f"templates/{name}") or Path(name)))
    return text


def _rendered(document: LocalisedDocument, name: str, more: Mapping[str, Any]) -> str:
    workspace = document.workspace
    try:
        with counted_steps():
            return environment(workspace).get_template(name).render(names(document), **more)
    except TemplateNotFound as error:
        place = Location(Path(f"templates/{name}")) if error.name == name else _place(error, name, workspace)
        hint = f"put it at templates/{error.name}"
        raise IpdocsError([Finding("no-template", f"there is no template {error.name!r}", place, hint)]) from error
    except CannotRender as error:
        raise IpdocsError([Finding("bad-template", error.message, _place(error, name, workspace), error.hint)]) from error
    except TemplateError as error:
        raise IpdocsError([Finding("bad-template", str(error.message), _place(error, name, workspace), HINT)]) from error
    except RecursionError as error:
        place = _repeated_place(error, workspace) or _place(error, name, workspace)
        raise IpdocsError([Finding("bad-template", mistake(error), place, RECURSION_HINT)]) from error
    except MISTAKES as error:
        raise IpdocsError([Finding("bad-template", mistake(error), _place(error, name, workspace), HINT)]) from error


def mistake(error: Exception) -> str:
    """Return what an expression of a template did wrong."""
    if isinstance(error, RecursionError):
        return "this template includes or calls itself without end, or nests its expressions too deeply"
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
def environment(workspace: Workspace) -> TemplateEnvironment:
    """Return the environment that a workspace's templates live in: sandboxed, undefined names refused, values escaped."""
    made = TemplateEnvironment(
        loader=_Loader([root / "templates" for root in workspace.roots]),
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


class _Loader(FileSystemLoader):
    """Loads templates of a size that people write."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return the text of a template, its file, and what tells whether it has changed."""
        found = super().get_source(environment, template)
        if len(found[0]) > MAX_LENGTH:
            raise TemplateLimit(f"the template {template!r} has more than {MAX_LENGTH:,} characters")
        return found


def _filter(name: str) -> Callable[..., str]:
    """Return a filter of the vocabulary as templates call it, in the document's setting; what is short stays on a line."""

    @pass_context
    def apply(context: Context, value: Any, *arguments: Any, **options: Any) -> str:
        return unbroken(filters.apply_filter(name, value, arguments, options, context["setting"]))

    return apply


def _lines(text: str) -> Markup:
    """Return text with a line break for each new line."""
    return Markup("<br>").join(escape(line) for line in str(text).strip().splitlines())


def _breakable(text: str) -> str:
    """Return text whose lines may end at every space, for narrow columns."""
    return text.replace("\u00a0", " ")


def _roman(number: int) -> str:
    """Return a number from 1 to 3,999 in roman numerals: IV."""
    if not 1 <= number < 4000:
        raise ValueError(f"there is no roman numeral for {number}")
    letters = ""
    for worth, letter in (
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
    return next(reversed(_places(error, workspace)), Location(workspace.find(f"templates/{name}") or Path(name), 1))


def _repeated_place(error: RecursionError, workspace: Workspace) -> Location | None:
    """Return the first line that a template without end came back to: one of the workspace's own templates if there is one."""
    places = _places(error, workspace)
    repeated = [place for place, count in Counter(places).items() if count > 1]
    own = [place for place in repeated if workspace.root and place.path.is_relative_to(workspace.root)]
    return next(iter(own or repeated), None)


def _places(error: Exception, workspace: Workspace) -> list[Location]:
    """Return the lines of templates that were being rendered at an error, the innermost last."""
    folders = tuple(str(root / "templates") for root in workspace.roots)
    places, step = [], error.__traceback__
    while step:
        if step.tb_frame.f_code.co_filename.startswith(folders):
            places.append(Location(Path(step.tb_frame.f_code.co_filename), step.tb_lineno))
        step = step.tb_next
    return places
