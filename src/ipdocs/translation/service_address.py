"""The address of a translation service, with a check for plain HTTP and secrets.

Messages show only scheme, host and port, because some services expect the key in the path.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

_PRINTABLE_ASCII = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class ServiceAddress:
    """The address of a service; `str(address)` omits the path, which may contain a key.

    Attributes:
        scheme: http or https.
        host: the host name or IP address.
        port: the port; None means the default port of the scheme.
        path: the path, either empty or with a leading slash.
    """

    scheme: str
    host: str
    port: int | None
    path: str = field(repr=False)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{'' if self.port is None else f':{self.port}'}"


class BadAddress(ValueError):
    """An address is malformed, contains a secret, or lacks encryption; message and hint never quote the secret."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def parse_service_address(text: str, *, allow_plain_http: bool = False) -> ServiceAddress:
    """Return the parsed address of a service.

    Args:
        text: the address.
        allow_plain_http: whether texts may go to another computer without encryption.

    Raises:
        BadAddress: the address is malformed, contains a user name, password or key, or lacks encryption.
    """
    if "@" in text or "?" in text or "#" in text:
        hint = "remove the secret from the address, and set the key in the environment variable IPDOCS_MACHINE_KEY"
        raise BadAddress("the address contains a user name, password or key", hint)
    malformed = BadAddress(
        "the address is not valid", "write an address such as https://translate.example.org or http://127.0.0.1:5000"
    )
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise malformed from None  # the original message may quote a password
    if parts.scheme not in ("http", "https") or not host or not _PRINTABLE_ASCII.fullmatch(text) or "\\" in text:
        raise malformed
    address = ServiceAddress(parts.scheme, host, port, parts.path.rstrip("/"))
    if parts.scheme == "http" and not allow_plain_http and not _is_loopback(host):
        message = f"texts would go to {str(address)!r}, which is another computer, without encryption"
        raise BadAddress(message, "use https://, or write `allow-plain-http: true` if you trust the network")
    return address


def _is_loopback(host: str) -> bool:
    """Whether a host is this computer: localhost, an address in 127.0.0.0/8, or ::1 (RFC 6761, RFC 1122, RFC 4291)."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
