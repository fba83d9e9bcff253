"""WeasyPrint, imported in half the time: nothing is asked of compilers, and what our pages never need is put off.

By itself it looks for each of its libraries under the names of other systems first, for which Python starts gcc, ld and
ldconfig on Linux, and it loads fontTools' subsetter and instancer, which stand in only where harfbuzz-subset lacks.
"""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

from ipdocs.findings import Finding, IpdocsError

_PUT_OFF = ("fontTools.subset", "fontTools.varLib.instancer")


def load_weasyprint() -> None:
    """Import WeasyPrint, so that an import of it or of its parts finds it loaded; a library it lacks is a finding."""
    try:
        with _by_soname(), _put_off():
            import weasyprint  # noqa: F401
    except OSError as error:
        message = f"pango, which lays text out, is missing ({str(error).splitlines()[0]})"
        hint = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        raise IpdocsError([Finding("missing-library", message, None, hint)]) from error


@contextmanager
def _by_soname() -> Iterator[None]:
    """On Linux, let libraries be found by the loader alone: WeasyPrint tries libpango-1.0.so.0 after other systems' names."""
    found = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = found


@contextmanager
def _put_off() -> Iterator[None]:
    """Let modules be imported when something of theirs is first called."""
    later = {name: _Later(name) for name in _PUT_OFF if name not in sys.modules}
    sys.modules.update(later)
    try:
        yield
    finally:
        for name in later:
            del sys.modules[name]


class _Later(ModuleType):
    """A module whose functions and classes import it once they are called."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *given, **named: getattr(import_module(self.__name__), name)(*given, **named)
