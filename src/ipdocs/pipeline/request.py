"""What a build makes of one document: which languages, alone or together, in which layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ipdocs.locale.language import Language, language, languages
from ipdocs.templating.layout import Layout
from ipdocs.workspace import Workspace

if TYPE_CHECKING:
    from ipdocs.model.document import Document


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a document: its languages in order, and how several are laid out."""

    languages: tuple[Language, ...]
    layout: Layout

    @property
    def suffix(self) -> str:
        """What its files' names end in before the format: "tc", "en-tc"."""
        return "-".join(one.code for one in self.languages)


def plan_editions(
    document: Document,
    workspace: Workspace,
    *,
    alone: Sequence[str] = (),
    together: Sequence[str] = (),
    layout: Layout = "parallel",
) -> list[Edition]:
    """Return the editions asked for: languages alone ("tc"), together ("en+tc"); neither means every language alone.

    Every language is those the document is written in and those made from
    them, but for a language that its folder calls on request.
    """
    if not alone and not together:
        alone = [
            one.code
            for one in languages(workspace).values()
            if one.code in document.languages or (one.made_from in document.languages and not one.on_request)
        ]
    groups = [[name] for name in alone] + [names.split("+") for names in together]
    wanted = [tuple(dict.fromkeys(language(name.strip(), workspace) for name in names)) for names in groups]
    return [Edition(names, layout) for names in dict.fromkeys(wanted)]
