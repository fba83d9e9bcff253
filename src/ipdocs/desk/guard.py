"""Who may ask the desk for anything: only its own pages, which the user of this computer has opened with `ipdocs desk`.

There are two secrets. The session secret is new at every start, and a page sends it with every request. The workspace key
outlives restarts: with it, the desk and a page that was open before prove to each other who they are, without sending it.
"""

from __future__ import annotations

import base64
import hmac
import secrets
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256

from ipdocs.desk.errors import DeskError
from ipdocs.findings import Finding

CODE_SECONDS = 60
"""Seconds for which a code, a nonce or a ticket is valid."""
WRONG_A_MINUTE = 20
"""Wrong secrets a minute after which all wrong ones are answered with 429."""
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
_ONCE = ("host", "origin", "sec-fetch-site", "authorization", "content-type")
_LENGTHS = ("content-length", "transfer-encoding")
_HINT = "open the desk with `ipdocs desk`"


class OneUse:
    """Codes of one use, each valid for a minute, with what they stand for."""

    def __init__(self) -> None:
        self._codes: dict[str, tuple[float, object]] = {}

    def give(self, value: object = None) -> str:
        """Return a new code for a value."""
        now = time.monotonic()
        self._codes = {code: entry for code, entry in self._codes.items() if entry[0] > now}
        code = secrets.token_urlsafe(32)
        self._codes[code] = (now + CODE_SECONDS, value)
        return code

    def take(self, code: str) -> tuple[bool, object]:
        """Return whether a code is valid, and what it stands for; it is not valid again."""
        known = [other for other in list(self._codes) if hmac.compare_digest(other.encode(), code.encode("utf-8", "replace"))]
        end, value = self._codes.pop(known[0]) if known else (0.0, None)
        return end > time.monotonic(), value


class Guard:
    """The secrets of one run of the desk.

    Attributes:
        address: the address of the desk, such as http://127.0.0.1:8417.
        tickets: codes of one use for downloads.
    """

    def __init__(self, key: bytes, port: int) -> None:
        """Make a new session secret.

        Args:
            key: the workspace key.
            port: the port that the desk listens on.
        """
        self.address = f"http://127.0.0.1:{port}"
        self.tickets = OneUse()
        self._key = key
        self._secret = secrets.token_urlsafe(32)
        self._codes = OneUse()
        self._nonces = OneUse()
        self._wrong: deque[float] = deque(maxlen=WRONG_A_MINUTE)

    def new_code(self, used: Callable[[], object] = lambda: None) -> str:
        """Return a code of one use that lets a page in within a minute.

        Args:
            used: called when the code is used.
        """
        return self._codes.give(used)

    def check_address(self, method: str, headers: Mapping[str, str]) -> None:
        """Refuse a request that comes from another page, or through another name of this computer.

        Raises:
            DeskError: with status 421 or 403.
        """
        if headers.get("host") != self.address.removeprefix("http://"):
            raise refused(421, "the desk was asked under a name that is not its own", _HINT)
        changes, origin = method not in ("GET", "HEAD"), headers.get("origin")
        if origin != self.address and (changes or origin is not None):
            raise refused(403, "the request comes from another page", _HINT)
        if changes and headers.get("sec-fetch-site", "same-origin") != "same-origin":
            raise refused(403, "the request comes from another page", _HINT)

    def check_secret(self, headers: Mapping[str, str]) -> None:
        """Refuse a request without the session secret.

        Raises:
            DeskError: with status 401 or 429.
        """
        given = headers.get("authorization", "")
        if not given:
            raise _not_let_in()
        if not hmac.compare_digest(given.encode("utf-8", "replace"), f"Bearer {self._secret}".encode()):
            raise self._wrong_one()

    def hello(self, nonce: str) -> dict[str, str]:
        """Prove that this is the desk of the workspace: return a proof over a nonce of the page, and a nonce for the page's own.

        Raises:
            DeskError: the nonce is too long.
        """
        if not 16 <= len(nonce) <= 200:
            raise refused(400, "the greeting of the page is malformed", _HINT)
        return {"proof": proof(self._key, "desk", nonce, self.address), "nonce": self._nonces.give()}

    def enter_with_code(self, code: str) -> dict[str, str]:
        """Return the secrets for a page that has a code.

        Raises:
            DeskError: the code is wrong, used or too old.
        """
        is_valid, used = self._codes.take(code)
        if not is_valid:
            raise self._wrong_one()
        if callable(used):
            used()
        return self.secrets()

    def enter_with_proof(self, nonce: str, given: str) -> dict[str, str]:
        """Return the secrets for a page that proves that it has the workspace key.

        Raises:
            DeskError: the proof is wrong, or the nonce is used or too old.
        """
        right = proof(self._key, "page", nonce, self.address)
        if not self._nonces.take(nonce)[0] or not hmac.compare_digest(right.encode(), given.encode("utf-8", "replace")):
            raise self._wrong_one()
        return self.secrets()

    def secrets(self) -> dict[str, str]:
        """Return the session secret and the workspace key, for a page that is let in."""
        return {"secret": self._secret, "key": base64.b64encode(self._key).decode()}

    def _wrong_one(self) -> DeskError:
        now = time.monotonic()
        if len(self._wrong) == WRONG_A_MINUTE and now - self._wrong[0] < 60:
            return refused(429, "there were too many wrong secrets", "wait a minute, and open the desk with `ipdocs desk`")
        self._wrong.append(now)
        return _not_let_in()


def check_headers(names: Sequence[str]) -> None:
    """Refuse a request that two readers could read in two ways: with two addresses, origins, secrets or lengths.

    Args:
        names: the names of all its headers, in small letters.

    Raises:
        DeskError: with status 400.
    """
    lengths = [name for name in names if name in _LENGTHS]
    if len(lengths) > 1 or any(names.count(name) > 1 for name in _ONCE):
        raise refused(400, "the request has a header twice", _HINT)


def proof(key: bytes, side: str, nonce: str, address: str) -> str:
    """Return the proof that a side has the workspace key.

    Args:
        key: the workspace key.
        side: "desk" or "page", so that the proof of one is not that of the other.
        nonce: the nonce that the other side gave.
        address: the address that was asked, so that a program on another port cannot pass the proof on.
    """
    return hmac.new(key, "\n".join(("ipdocs desk", side, nonce, address)).encode("utf-8", "replace"), sha256).hexdigest()


def refused(status: int, message: str, hint: str) -> DeskError:
    """Return the error for a request that the desk refuses."""
    return DeskError(status, {"findings": [Finding("request-refused", message, None, hint).as_dict()]})


def _not_let_in() -> DeskError:
    return refused(401, "this page is not let in to the desk", _HINT)
