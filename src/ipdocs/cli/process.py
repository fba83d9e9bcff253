"""The process of a command: standard streams, signals, exit codes and internal errors."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from ipdocs.cli.output import discard_output, print_lines
from ipdocs.files.interruption import ENDING_SIGNALS, Interrupted, Interruption

INTERNAL_ERROR = 70
TRACEBACK_VARIABLE = "IPDOCS_TRACEBACK"


def run(command: Callable[[], object]) -> NoReturn:
    """Run a command and end the process.

    Exit codes: 0 success, 1 findings, 2 usage error, 70 internal error, 128+n ended by signal n.
    """
    open_streams()
    code: int | str | None = INTERNAL_ERROR
    # A signal that is already ignored, such as SIGHUP under nohup, stays ignored.
    interruption = Interruption(number for number in ENDING_SIGNALS if signal.getsignal(number) != signal.SIG_IGN)
    with suppress(Interrupted):
        try:
            if hasattr(signal, "pthread_sigmask"):  # __main__ has blocked them
                signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING_SIGNALS)
            command()
            code = 0
        except SystemExit as exit_:
            code = exit_.code
        except BrokenPipeError:  # the reader of the pipe, such as `head`, has ended
            code = 1
        except Exception as error:
            _print_internal_error(error)
        finally:
            interruption.end()
    if interruption.signal_number:
        code = 128 + interruption.signal_number
        print_lines(f"ended by {signal.Signals(interruption.signal_number).name}", err=True)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            discard_output(stream)
            code = code or 1
    sys.exit(code)


def open_streams() -> None:
    """Set the standard streams to UTF-8, and connect closed streams to the null device.

    If a standard stream stayed closed, the next file to be opened would get its descriptor.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115 - the stream stays open
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace" if name != "stdin" else "strict")


def _print_internal_error(error: Exception) -> None:
    """Print an unexpected error in one line, after its traceback if IPDOCS_TRACEBACK is set."""
    from importlib.metadata import version
    from traceback import format_exception

    if os.environ.get(TRACEBACK_VARIABLE):
        print_lines(*"".join(format_exception(error)).splitlines(), err=True)
    message = str(error).strip().partition("\n")[0]
    description = f"{type(error).__name__}: {message}" if message else type(error).__name__
    hint = f"report this line and the command to the maintainers; {TRACEBACK_VARIABLE}=1 shows where it happened"
    print_lines(f"ipdocs {version('ipdocs')}: internal error: {description}; {hint}", err=True)
