"""Ways in to the desk: codes of one use, and files that lead a browser to an address with such a code.

The browser is opened on a file and not on the address, because other users of the computer can see the arguments of programs.
"""

from __future__ import annotations

import secrets
import threading
from html import escape
from pathlib import Path
from typing import Any

from ipdocs.desk.desk import Desk
from ipdocs.desk.guard import CODE_SECONDS
from ipdocs.files.private import remove_private, write_private

_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url={address}">
<title>ipdocs desk</title>
</head>
<body><p><a href="{address}">Open the desk</a></p></body>
</html>
"""


def new_entry(desk: Desk) -> Path:
    """Write a file that leads a browser into the desk; it is removed when it has been used, or after a minute."""
    path = desk.state / f"open-{secrets.token_hex(8)}.html"
    code = desk.guard.new_code(lambda: remove_private(path))
    write_private(path, _PAGE.format(address=escape(f"{desk.guard.address}/#c={code}")).encode())
    timer = threading.Timer(CODE_SECONDS, remove_private, [path])
    timer.daemon = True
    timer.start()
    return path


def entry(data: dict[str, Any], desk: Desk) -> dict[str, Any]:
    """Return a code, and a file for a browser: for a second `ipdocs desk`, and for a window of another browser."""
    return {"code": desk.guard.new_code(), "file": str(new_entry(desk))}
