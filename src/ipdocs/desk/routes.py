"""The table of routes: what each address below /api does. A feature adds its rows here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ipdocs.desk import (
    approvals,
    document_pictures,
    entry,
    facts,
    head,
    home,
    imports,
    insertions,
    lanes,
    pictures,
    results,
    saving,
    settings,
    status,
    tickets,
    translations,
)


@dataclass(frozen=True, slots=True)
class Route:
    """What an address does.

    Attributes:
        method: GET, POST or DELETE.
        path: the address below /api. "{document}" is the name of a document; other names in braces come into the data.
        handler: a function of the data of the request (from the address, the query and the JSON body, in one dictionary) and,
            with "{document}" in the path, of the held document, otherwise of the desk. It returns an Answer, data for JSON, or
            None. It runs in the thread of the document, or in some thread; a coroutine function runs in the event loop.
        with_desk: whether a handler of a document gets the desk, too, as its last argument.
        takes_files: whether the body is a form with files: the data has them as "files", a list of Upload.
    """

    method: str
    path: str
    handler: Callable[..., Any]
    with_desk: bool = False
    takes_files: bool = False


ROUTES = (
    Route("GET", "/desk", settings.information),
    Route("POST", "/desk/entry", entry.entry),
    Route("POST", "/desk/stop", settings.stop),
    Route("POST", "/ticket", tickets.ticket),
    Route("POST", "/desk/settings", settings.change),
    Route("GET", "/documents", home.documents),
    Route("POST", "/documents", home.begin),
    Route("POST", "/documents/archive", home.archive),
    Route("POST", "/documents/show", home.show),
    Route("GET", "/d/{document}", saving.view),
    Route("GET", "/d/{document}/picture", document_pictures.picture),
    Route("GET", "/d/{document}/settings", head.form),
    Route("GET", "/d/{document}/approval", approvals.approval),
    Route("POST", "/d/{document}/step", saving.step),
    Route("POST", "/d/{document}/undo", saving.undo),
    Route("POST", "/d/{document}/redo", saving.redo),
    Route("POST", "/d/{document}/back", saving.go_back),
    Route("DELETE", "/d/{document}/history", saving.forget),
    Route("GET", "/d/{document}/page/{number}", pictures.page, with_desk=True),
    Route("GET", "/d/{document}/places", pictures.places, with_desk=True),
    Route("GET", "/d/{document}/files", results.files, with_desk=True),
    Route("POST", "/d/{document}/build", results.build, with_desk=True),
    Route("GET", "/jobs/{job}", results.job),
    Route("DELETE", "/jobs/{job}", results.stop),
    Route("POST", "/open", results.open_file),
    Route("POST", "/import", imports.begin, takes_files=True),
    Route("POST", "/import/{import}", imports.make),
    Route("POST", "/import/{import}/proposal", imports.proposal),
    Route("DELETE", "/import/{import}", imports.forget),
    Route("POST", "/d/{document}/value", facts.read),
    Route("POST", "/d/{document}/fact-from", facts.from_words),
    Route("GET", "/d/{document}/proposals", facts.proposals),
    Route("POST", "/d/{document}/picture", insertions.picture, takes_files=True),
    Route("POST", "/d/{document}/paste", insertions.paste),
    Route("GET", "/d/{document}/recurring", insertions.recurring),
    Route("POST", "/d/{document}/look", lanes.look),
    Route("GET", "/d/{document}/findings", lanes.findings, with_desk=True),
    Route("GET", "/d/{document}/status", status.status),
    Route("GET", "/d/{document}/matches", translations.matches, with_desk=True),
    Route("POST", "/d/{document}/fill", translations.fill, with_desk=True),
)
