"""Official documents in English, Traditional and Simplified Chinese, as Word and PDF, from one source.

`build` makes the files of one or more sources. Each stage of a build is also a function:

    source = ipdocs.open_source(Path("release.yaml"))                # a YAML file and everything it refers to
    language = ipdocs.languages(source.workspace)["tc"]
    document = ipdocs.localise(source, language)                     # the document in one language
    html = ipdocs.render_html([document])                            # semantic HTML in one or more languages

`update_source` changes a source. A function raises IpdocsError, or a subclass, with a Finding for each problem that a user can
fix; a call with invalid arguments raises a Python exception such as TypeError or ValueError. Each name is imported at its first
use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ipdocs.files.reading import UnsafeFile
    from ipdocs.findings import Finding, InvalidSource, IpdocsError, Location, NotReleasable, VerificationFailed
    from ipdocs.importing.import_release import import_release
    from ipdocs.locale.language import Language, languages
    from ipdocs.localisation.localise import localise
    from ipdocs.localisation.localised_document import LocalisedDocument
    from ipdocs.minutes.pack import extract_item, make_pack
    from ipdocs.minutes.verify import verify_files
    from ipdocs.model.document import Document
    from ipdocs.pipeline.build import IncompleteBuild, build
    from ipdocs.pipeline.check import check
    from ipdocs.pipeline.prepare import prepare
    from ipdocs.pipeline.produce import OutputFile, produce
    from ipdocs.pipeline.request import BuildRequest, Edition
    from ipdocs.review.redline import redline
    from ipdocs.review.word.import_review import import_word_review
    from ipdocs.source.changes import SourceChanges
    from ipdocs.source.open import Source, open_source
    from ipdocs.source.update import SourceChangedOnDisk, apply_changes, update_source
    from ipdocs.templating.html_document import HtmlDocument
    from ipdocs.templating.render_html import render_html
    from ipdocs.translation.export import export_translations
    from ipdocs.translation.import_translations import import_translations
    from ipdocs.translation.suggestions import suggest_translations
    from ipdocs.workspace import Workspace, find_workspace

    __version__: str

_MODULES = {
    "BuildRequest": "ipdocs.pipeline.request",
    "Document": "ipdocs.model.document",
    "Edition": "ipdocs.pipeline.request",
    "Finding": "ipdocs.findings",
    "HtmlDocument": "ipdocs.templating.html_document",
    "IncompleteBuild": "ipdocs.pipeline.build",
    "InvalidSource": "ipdocs.findings",
    "IpdocsError": "ipdocs.findings",
    "Language": "ipdocs.locale.language",
    "LocalisedDocument": "ipdocs.localisation.localised_document",
    "Location": "ipdocs.findings",
    "NotReleasable": "ipdocs.findings",
    "OutputFile": "ipdocs.pipeline.produce",
    "Source": "ipdocs.source.open",
    "SourceChangedOnDisk": "ipdocs.source.update",
    "SourceChanges": "ipdocs.source.changes",
    "UnsafeFile": "ipdocs.files.reading",
    "VerificationFailed": "ipdocs.findings",
    "Workspace": "ipdocs.workspace",
    "apply_changes": "ipdocs.source.update",
    "build": "ipdocs.pipeline.build",
    "check": "ipdocs.pipeline.check",
    "export_translations": "ipdocs.translation.export",
    "extract_item": "ipdocs.minutes.pack",
    "find_workspace": "ipdocs.workspace",
    "import_release": "ipdocs.importing.import_release",
    "import_translations": "ipdocs.translation.import_translations",
    "import_word_review": "ipdocs.review.word.import_review",
    "languages": "ipdocs.locale.language",
    "localise": "ipdocs.localisation.localise",
    "make_pack": "ipdocs.minutes.pack",
    "open_source": "ipdocs.source.open",
    "prepare": "ipdocs.pipeline.prepare",
    "produce": "ipdocs.pipeline.produce",
    "redline": "ipdocs.review.redline",
    "render_html": "ipdocs.templating.render_html",
    "suggest_translations": "ipdocs.translation.suggestions",
    "update_source": "ipdocs.source.update",
    "verify_files": "ipdocs.minutes.verify",
}

__all__ = [
    "BuildRequest",
    "Document",
    "Edition",
    "Finding",
    "HtmlDocument",
    "IncompleteBuild",
    "InvalidSource",
    "IpdocsError",
    "Language",
    "LocalisedDocument",
    "Location",
    "NotReleasable",
    "OutputFile",
    "Source",
    "SourceChangedOnDisk",
    "SourceChanges",
    "UnsafeFile",
    "VerificationFailed",
    "Workspace",
    "__version__",
    "apply_changes",
    "build",
    "check",
    "export_translations",
    "extract_item",
    "find_workspace",
    "import_release",
    "import_translations",
    "import_word_review",
    "languages",
    "localise",
    "make_pack",
    "open_source",
    "prepare",
    "produce",
    "redline",
    "render_html",
    "suggest_translations",
    "update_source",
    "verify_files",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("ipdocs")
    if name not in _MODULES:
        raise AttributeError(f"module 'ipdocs' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_MODULES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
