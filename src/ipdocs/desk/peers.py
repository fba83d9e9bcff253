"""Which user of this computer is at the other end of a connection."""

from __future__ import annotations

import os
import socket
import struct
from pathlib import Path

TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
"""The tables in which Linux lists all connections with their users."""
_ESTABLISHED = "01"


def is_own(peer: tuple[str, int], own: tuple[str, int]) -> bool:
    """Whether a connection comes from a process of the user who runs the desk. Where the system does not tell, it does.

    Args:
        peer: the address and port of the other end.
        own: the address and port of the desk.
    """
    user = user_of(peer, own)
    return user is None or user == os.getuid()


def user_of(peer: tuple[str, int], own: tuple[str, int]) -> int | None:
    """Return the number of the user at the other end: -1 if Linux does not list the connection, None on other systems."""
    readable = False
    for table in TABLES:
        try:
            lines = table.read_text("ascii").splitlines()[1:]
        except OSError:
            continue
        readable = True
        wide = table.name.endswith("6")
        ends = [_end(peer, wide=wide), _end(own, wide=wide)]
        for line in lines:
            fields = line.split()
            if fields[1:3] == ends and fields[3] == _ESTABLISHED:
                return int(fields[7])
    return -1 if readable else None


def _end(address: tuple[str, int], *, wide: bool) -> str:
    """Return an end of a connection as the tables write it, such as 0100007F:20E1."""
    number = struct.unpack("=I", socket.inet_aton(address[0]))[0]
    prefix = f"{0:08X}{0:08X}{struct.unpack('=I', bytes((0, 0, 255, 255)))[0]:08X}" if wide else ""
    return f"{prefix}{number:08X}:{address[1]:04X}"
