"""Builds: one process for each, which can be stopped, and the files that they leave."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from ipdocs.desk.building import build_document
from ipdocs.desk.events import Events
from ipdocs.desk.message import Message, message
from ipdocs.desk.worker import Worker, WorkerStopped
from ipdocs.files.private import read_private, write_private
from ipdocs.findings import IpdocsError
from ipdocs.pipeline.request import BuildRequest

Json = dict[str, Any]
KEPT = 50
"""The number of jobs whose end is remembered."""


@dataclass(slots=True)
class Job:
    """A build.

    Attributes:
        id: the id of the job.
        document: the name of the document.
        state: running, done, failed or stopped.
        stages: what it has begun so far.
        files: the files that it made.
        findings: what was found.
    """

    id: str
    document: str
    state: str = "running"
    stages: list[Message] = field(default_factory=list)
    files: list[Json] = field(default_factory=list)
    findings: list[Json] = field(default_factory=list)
    reason: Message | None = None
    worker: Worker = field(default_factory=Worker)

    def as_dict(self) -> Json:
        """Return the job as JSON."""
        names = ("id", "document", "state", "stages", "files", "findings", "reason")
        return {name: getattr(self, name) for name in names}


class Jobs:
    """The builds of a desk, and the choices with which each document was built last."""

    def __init__(self, state: Path, events: Events) -> None:
        """Begin without jobs.

        Args:
            state: the folder for the state of the workspace.
            events: what pages are told.
        """
        self._choices, self._events = state / "builds", events
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._closed = False

    def running(self, document: str) -> Job | None:
        """Return the build of a document that is not finished, or None."""
        return next((job for job in self._jobs.values() if job.document == document and job.state == "running"), None)

    def find(self, job_id: str) -> Job | None:
        """Return a job by its id, or None."""
        return self._jobs.get(job_id)

    def start(self, document: str, path: Path, out: Path, request: BuildRequest) -> Job:
        """Start a build, or return the one of the same document that is running."""
        with self._lock:
            if running := self.running(document):
                return running
            job = Job(token_urlsafe(9), document)
            self._jobs[job.id] = job
            for old in list(self._jobs.values())[:-KEPT]:
                if old.state != "running":
                    del self._jobs[old.id]
        threading.Thread(target=self._build, args=(job, path, out, request), name=f"build {document}", daemon=True).start()
        return job

    def stop(self, job: Job) -> None:
        """Stop a build; the files of the last one stay."""
        with self._lock:
            if job.state != "running":
                return
            job.state = "stopped"
        job.worker.close()
        self._tell(job)

    def close(self) -> None:
        """Stop all builds."""
        for job in list(self._jobs.values()):
            self.stop(job)

    def choice(self, document: str) -> Json:
        """Return the choice with which a document was built last; empty if it never was."""
        with suppress(IpdocsError, ValueError):
            content = json.loads(read_private(self._choice_path(document)) or b"{}")
            if isinstance(content, dict):
                return content
        return {}

    def remember(self, document: str, choice: Mapping[str, Any]) -> None:
        """Keep the choice with which a document is built."""
        with suppress(IpdocsError):  # a convenience; the build itself reports a full disk
            write_private(self._choice_path(document), json.dumps(choice, ensure_ascii=False).encode())

    def _choice_path(self, document: str) -> Path:
        return self._choices / f"{sha256(document.encode()).hexdigest()[:24]}.json"

    def _build(self, job: Job, path: Path, out: Path, request: BuildRequest) -> None:
        def report(stage: Message) -> None:
            job.stages.append(stage)
            self._tell(job)

        try:
            result = job.worker.run(build_document, path, out, request, on_progress=report)
        except WorkerStopped:
            outcome: Json = {"state": "failed", "reason": message("the build was interrupted; the files of the last build stay")}
        except IpdocsError as error:
            outcome = {"state": "failed", "findings": [finding.as_dict() for finding in error.findings]}
        except Exception as error:
            outcome = {"state": "failed", "reason": message("ipdocs made an error: {error}", error=str(error).splitlines()[-1])}
        else:
            outcome = {"state": "done" if result["files"] else "failed", **result}
        with self._lock:
            if job.state == "running":
                for name, value in outcome.items():
                    setattr(job, name, value)
        job.worker.close()
        self._tell(job)

    def _tell(self, job: Job) -> None:
        self._events.publish({"type": "job", **job.as_dict()})
