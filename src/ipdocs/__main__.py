"""The entry point of `ipdocs` and `python -m ipdocs`."""

from __future__ import annotations

import signal
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line.

    Signals are blocked while modules load, because nothing can handle them yet; `cli.process` unblocks them.
    """
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
    from ipdocs.cli import main

    main()


if __name__ == "__main__":
    main()
