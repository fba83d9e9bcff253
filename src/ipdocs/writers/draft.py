"""The watermark of a draft, for both page formats: one stylesheet has its words, colour and size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ipdocs.templating.html_document import Stylesheet

STYLESHEET = Stylesheet(Path(__file__).with_name("draft.css"), Path(__file__).with_name("draft.css").read_text("utf-8"))


def add_draft_class(root: Any) -> None:
    """Add the class to the root element of a draft that the stylesheet selects."""
    root.set("class", f"{root.get('class', '')} draft")
