"""ipdocs schema: print the JSON Schema that editors use to complete and check sources."""

from __future__ import annotations

from typing import Annotated

import typer

from ipdocs.cli.output import print_json


def schema(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="press-release, minutes or boilerplate.")],
) -> None:
    """Print the JSON Schema of a kind of source, for text editors."""
    from ipdocs.model.kinds import KINDS
    from ipdocs.source.schema import json_schema

    kinds = [*KINDS, "boilerplate"]
    if kind not in kinds:
        raise typer.BadParameter(f"{kind!r} is not one of {', '.join(kinds)}", param_hint="KIND")
    print_json(json_schema(kind))
