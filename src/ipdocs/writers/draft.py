"""The watermark of a draft in Word and PDF files. One stylesheet sets its text, colour and size for both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ipdocs.templating.html_document import Stylesheet

STYLESHEET = Stylesheet(Path(__file__).with_name("draft.css"), Path(__file__).with_name("draft.css").read_text("utf-8"))
"""The stylesheet of the watermark."""


def add_draft_class(root: Any) -> None:
    """Add the class "draft", which the stylesheet selects, to a root element."""
    root.set("class", f"{root.get('class', '')} draft")
