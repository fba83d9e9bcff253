"""The mark of a draft, which the writers of pages draw behind their text: one stylesheet says its words, colour and size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ipdocs.templating.html_document import Stylesheet

MARK = Stylesheet(Path(__file__).with_name("draft.css"), Path(__file__).with_name("draft.css").read_text("utf-8"))


def mark(root: Any) -> None:
    """Let the stylesheet know the root element of a draft."""
    root.set("class", f"{root.get('class', '')} draft")
