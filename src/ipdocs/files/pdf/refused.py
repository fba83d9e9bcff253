"""Why a PDF from elsewhere is refused."""

from __future__ import annotations


class RefusedPdf(Exception):
    """A PDF that is not used: a code, a message that reads on from its name, and an instruction."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
