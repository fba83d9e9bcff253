"""Who may ask the desk for anything: only its own pages, which the user of this computer has opened with `ipdocs desk`."""

from __future__ import annotations

import hmac
import secrets
import time
from collections import deque
from collections.abc import Mapping

from ipdocs.desk.errors import DeskError
from ipdocs.findings import Finding

CODE_SECONDS = 60
"""Seconds for which a code that lets a page in is valid."""
WRONG_A_MINUTE = 20
"""Wrong secrets a minute after which all are refused for a while."""
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' blob:; connect-src 'self'; "
    "font-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """The secrets of one run of the desk.

    Attributes:
        address: the address of the desk, such as http://127.0.0.1:8417.
    """

    def __init__(self, key: bytes, port: int) -> None:
        """Make a new session secret.

        Args:
            key: the workspace key, which outlives restarts.
            port: the port that the desk listens on.
        """
        self.address = f"http://127.0.0.1:{port}"
        self._key = key
        self._secret = secrets.token_urlsafe(32)
        self._once: dict[str, float] = {}
        self._wrong: deque[float] = deque(maxlen=WRONG_A_MINUTE)

    def new_code(self) -> str:
        """Return a code of one use that lets a page in within a minute."""
        code = secrets.token_urlsafe(32)
        self._once[code] = time.monotonic() + CODE_SECONDS
        return code

    def check_address(self, method: str, headers: Mapping[str, str]) -> None:
        """Refuse a request that comes from another page, or through another name of this computer.

        Raises:
            DeskError: with status 421 or 403.
        """
        if headers.get("host") != self.address.removeprefix("http://"):
            raise refused(421, "the address of the page is not that of the desk", "open the desk with `ipdocs desk`")
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if method not in ("GET", "HEAD") and origin != self.address:
            raise refused(403, "the request comes from another page", "open the desk with `ipdocs desk`")
        if origin not in (None, self.address) or (method not in ("GET", "HEAD") and site not in (None, "same-origin")):
            raise refused(403, "the request comes from another page", "open the desk with `ipdocs desk`")

    def check_secret(self, headers: Mapping[str, str]) -> None:
        """Refuse a request without the session secret.

        Raises:
            DeskError: with status 401 or 429.
        """
        given = headers.get("authorization", "")
        if not given:
            raise _not_let_in()
        self._compare(given.removeprefix("Bearer ").encode(), self._secret.encode())

    def enter(self, code: str) -> dict[str, str]:
        """Return the secrets for a page that has a code.

        Raises:
            DeskError: the code is wrong, used or too old.
        """
        now = time.monotonic()
        valid_until = next((self._once.pop(known) for known in list(self._once) if hmac.compare_digest(known, code)), 0.0)
        self._once = {known: end for known, end in self._once.items() if end > now}
        if valid_until < now:
            self._count_wrong()
            raise _not_let_in()
        return self.secrets()

    def secrets(self) -> dict[str, str]:
        """Return the session secret and the workspace key, for a page that is let in."""
        import base64

        return {"secret": self._secret, "key": base64.b64encode(self._key).decode()}

    def _compare(self, given: bytes, right: bytes) -> None:
        if not hmac.compare_digest(given, right):
            self._count_wrong()
            raise _not_let_in()

    def _count_wrong(self) -> None:
        now = time.monotonic()
        if len(self._wrong) == WRONG_A_MINUTE and now - self._wrong[0] < 60:
            raise refused(429, "there were too many wrong secrets", "wait a minute, and open the desk with `ipdocs desk`")
        self._wrong.append(now)


def refused(status: int, message: str, hint: str) -> DeskError:
    """Return the error for a request that the guard refuses."""
    return DeskError(status, {"findings": [Finding("request-refused", message, None, hint).as_dict()]})


def _not_let_in() -> DeskError:
    return refused(401, "this page is not let in to the desk", "open the desk with `ipdocs desk`")
