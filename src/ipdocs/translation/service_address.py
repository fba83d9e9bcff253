"""The address of a service that texts are sent to: which addresses are allowed, and how one is shown without its secrets.

Some services take their key in the path, so scheme, host and port alone are shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

_TEXT = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class ServiceAddress:
    """Where a service is: its scheme, host, port (None is that of the scheme) and path, which begins with / or is empty.

    As text it has no path.
    """

    scheme: str
    host: str
    port: int | None
    path: str = field(repr=False)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{'' if self.port is None else f':{self.port}'}"


class BadAddress(ValueError):
    """An address that nothing is sent to: what is wrong with it, and how to mend it. Neither quotes a secret in it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def parse_service_address(text: str, *, allow_plain_http: bool = False) -> ServiceAddress:
    """Return the address in a text.

    Args:
        text: the address.
        allow_plain_http: whether texts may go to another computer without encryption.

    Raises:
        BadAddress: it is no address, has a name, password or key in it, or leads to another computer without encryption.
    """
    if "@" in text or "?" in text or "#" in text:
        hint = "leave it out of the address; a key is read from the environment: IPDOCS_MACHINE_KEY"
        raise BadAddress("the address has a user name, password or key in it", hint)
    malformed = BadAddress("the address cannot be read", "write it as https://translate.example.org or http://127.0.0.1:5000")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise malformed from None  # its message quotes the text, which may have a password
    if parts.scheme not in ("http", "https") or not host or not _TEXT.fullmatch(text) or "\\" in text:
        raise malformed
    address = ServiceAddress(parts.scheme, host, port, parts.path.rstrip("/"))
    if parts.scheme == "http" and not allow_plain_http and not _is_loopback(host):
        message = f"the address {str(address)!r} leads to another computer without encryption"
        raise BadAddress(message, "begin it with https://, or write `allow-plain-http: true` where the network can be trusted")
    return address


def _is_loopback(host: str) -> bool:
    """Whether a host is this computer: localhost, 127.0.0.0/8 or ::1, each written as the standards write it."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
