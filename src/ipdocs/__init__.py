"""Official documents in English, Traditional and Simplified Chinese, as Word and PDF, from one source.

The stages of the path are public functions:

    source = open_source(path)                                  # a YAML file and all it refers to
    document = localise(source, languages(source.workspace)["tc"])  # one language of it
    html = render_html([document])                              # semantic HTML, of one language or several
    written = WRITERS["pdf"]([html], source.workspace)          # bytes
    files = build([path], out, BuildRequest(editions=("tc",)))  # all of it, files put in their places
    update_source(path, lambda source: SourceChanges(...))      # the one way back into a source

What a user did wrong is an IpdocsError with every Finding of the stage. Each name is imported when first used, so
that `import ipdocs` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ipdocs.findings import Finding, IpdocsError, Location
    from ipdocs.locale.language import Language, language, languages
    from ipdocs.localisation.localise import localise
    from ipdocs.localisation.localised_document import LocalisedDocument
    from ipdocs.model.document import Document
    from ipdocs.pipeline.build import build
    from ipdocs.pipeline.produce import OutputFile
    from ipdocs.pipeline.request import BuildRequest
    from ipdocs.review.word.import_review import import_word_review
    from ipdocs.source.changes import SourceChanges
    from ipdocs.source.open import Source, open_source, parse_source
    from ipdocs.source.update import apply_changes, update_source
    from ipdocs.templating.html_document import HtmlDocument
    from ipdocs.templating.render_html import render_html
    from ipdocs.translation.export import export_translations
    from ipdocs.translation.import_translations import import_translations
    from ipdocs.translation.suggestions import suggest_translations
    from ipdocs.workspace import Workspace, find_workspace
    from ipdocs.writers import WRITERS
    from ipdocs.writers.written_file import Written

_HOMES = {
    "Finding": "ipdocs.findings",
    "IpdocsError": "ipdocs.findings",
    "Location": "ipdocs.findings",
    "Language": "ipdocs.locale.language",
    "language": "ipdocs.locale.language",
    "languages": "ipdocs.locale.language",
    "Document": "ipdocs.model.document",
    "BuildRequest": "ipdocs.pipeline.request",
    "OutputFile": "ipdocs.pipeline.produce",
    "build": "ipdocs.pipeline.build",
    "render_html": "ipdocs.templating.render_html",
    "HtmlDocument": "ipdocs.templating.html_document",
    "Source": "ipdocs.source.open",
    "open_source": "ipdocs.source.open",
    "parse_source": "ipdocs.source.open",
    "SourceChanges": "ipdocs.source.changes",
    "apply_changes": "ipdocs.source.update",
    "update_source": "ipdocs.source.update",
    "export_translations": "ipdocs.translation.export",
    "import_translations": "ipdocs.translation.import_translations",
    "suggest_translations": "ipdocs.translation.suggestions",
    "import_word_review": "ipdocs.review.word.import_review",
    "LocalisedDocument": "ipdocs.localisation.localised_document",
    "localise": "ipdocs.localisation.localise",
    "Workspace": "ipdocs.workspace",
    "find_workspace": "ipdocs.workspace",
    "WRITERS": "ipdocs.writers",
    "Written": "ipdocs.writers.written_file",
}

__all__ = [
    "WRITERS",
    "BuildRequest",
    "Document",
    "Finding",
    "HtmlDocument",
    "IpdocsError",
    "Language",
    "LocalisedDocument",
    "Location",
    "OutputFile",
    "Source",
    "SourceChanges",
    "Workspace",
    "Written",
    "apply_changes",
    "build",
    "export_translations",
    "find_workspace",
    "import_translations",
    "import_word_review",
    "language",
    "languages",
    "localise",
    "open_source",
    "parse_source",
    "render_html",
    "suggest_translations",
    "update_source",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'ipdocs' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
