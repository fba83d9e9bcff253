"""The error raised when an untrusted PDF is refused."""

from __future__ import annotations


class RefusedPdf(Exception):
    """Raised for a PDF that is refused.

    Attributes:
        code: The code of the finding.
        message: A clause that can follow the name of the file, such as "is encrypted".
        hint: The instruction for the user.
    """

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
