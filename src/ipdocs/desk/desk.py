"""What one run of the desk consists of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ipdocs.desk.drawing import Drawing
from ipdocs.desk.events import Events
from ipdocs.desk.guard import Guard
from ipdocs.desk.home_index import HomeIndex
from ipdocs.desk.jobs import Jobs
from ipdocs.desk.registry import Documents
from ipdocs.desk.worker import Worker


@dataclass(frozen=True, slots=True)
class Desk:
    """One run of the desk.

    Attributes:
        workspace: the folder whose documents it shows.
        state: the folder of this workspace for journals, the key and the port; never in the workspace.
        guard: who may ask for anything.
        events: what pages are told.
        documents: the documents that are open.
        drawing: the process that draws pages.
        jobs: the builds.
        importing: the process that reads files to be imported.
        home: the list of documents.
        stop: ends the run.
    """

    workspace: Path
    state: Path
    guard: Guard
    events: Events
    documents: Documents
    drawing: Drawing
    jobs: Jobs
    importing: Worker
    home: HomeIndex
    stop: Callable[[], None]
