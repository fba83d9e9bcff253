"""The kinds of document there are."""

from __future__ import annotations

from ipdocs.model.document import Document, PressRelease
from ipdocs.model.minutes import Minutes

KINDS: dict[str, type[Document]] = {"press-release": PressRelease, "minutes": Minutes}
"""The kinds of document, by the name a source gives under `kind`."""
