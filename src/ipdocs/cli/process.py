"""The process round a command: its streams, its signals, its exit code, and what nobody expected."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from ipdocs.cli.output import give_up, print_lines
from ipdocs.files.interruption import ENDING_SIGNALS, Interrupted, Interruption

INTERNAL_ERROR = 70
TRACEBACK = "IPDOCS_TRACEBACK"


def run(command: Callable[[], object]) -> NoReturn:
    """Run a command and end the process: 0 clean, 1 findings, 2 usage error, 70 internal error, 128+n ended by signal n."""
    open_streams()
    code: int | str | None = INTERNAL_ERROR
    # As nohup leaves SIGHUP ignored, so it stays.
    interruption = Interruption(number for number in ENDING_SIGNALS if signal.getsignal(number) != signal.SIG_IGN)
    with suppress(Interrupted):
        try:
            if hasattr(signal, "pthread_sigmask"):  # until now they were held back, see __main__
                signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING_SIGNALS)
            command()
            code = 0
        except SystemExit as exit_:
            code = exit_.code
        except BrokenPipeError:  # as after `| head`
            code = 1
        except Exception as error:
            _tell(error)
        finally:
            interruption.end()
    if interruption.number:
        code = 128 + interruption.number
        print_lines(f"ended by {signal.Signals(interruption.number).name}", err=True)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            give_up(stream)
            code = code or 1
    sys.exit(code)


def open_streams() -> None:
    """Make the standard streams UTF-8, and those that are closed lead nowhere: no file of ours may take their numbers."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115 - for good
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace" if name != "stdin" else "strict")


def _tell(error: Exception) -> None:
    """Print what a defect of this program came to, in one line; where it happened only when that is asked for."""
    from importlib.metadata import version
    from traceback import format_exception

    if os.environ.get(TRACEBACK):
        print_lines(*"".join(format_exception(error)).splitlines(), err=True)
    message = str(error).strip().partition("\n")[0]
    what = f"{type(error).__name__}: {message}" if message else type(error).__name__
    hint = f"report it with the command and this line; {TRACEBACK}=1 shows where it happened"
    print_lines(f"ipdocs {version('ipdocs')}: internal error: {what}; {hint}", err=True)
