"""The program, as `ipdocs` or `python -m ipdocs`."""

from __future__ import annotations

import signal
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line; a signal that comes while it is still loading waits until it can be answered."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
    from ipdocs.cli import main

    main()


if __name__ == "__main__":
    main()
