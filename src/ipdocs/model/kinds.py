"""The kinds of document."""

from __future__ import annotations

from ipdocs.model.document import Document, PressRelease
from ipdocs.model.minutes import Minutes

KINDS: dict[str, type[Document]] = {"press-release": PressRelease, "minutes": Minutes}
"""The models of documents, keyed by the value of `kind` in a source."""
