"""The error for an untrusted PDF that is refused."""

from __future__ import annotations


class RefusedPdf(Exception):
    """Raised for a PDF that is refused, with a code, a message that can follow its name, and a hint."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
