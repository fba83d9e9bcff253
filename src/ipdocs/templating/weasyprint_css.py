"""Import WeasyPrint in half the usual time.

Normally WeasyPrint first tries the library names of other systems, and on Linux Python starts gcc, ld and ldconfig for
each of these names. WeasyPrint also loads fontTools' subsetter and instancer, which are needed only if harfbuzz-subset is
missing.
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

_LAZY_MODULES = ("fontTools.subset", "fontTools.varLib.instancer")


def load_weasyprint() -> None:
    """Import WeasyPrint, so that later imports of its modules are fast.

    Raises:
        IpdocsError: a library that WeasyPrint needs is missing; the hint is the command that installs the library.
    """
    try:
        with _libraries_by_soname(), _lazy_modules():
            import weasyprint  # noqa: F401
    except OSError as error:
        message = f"pango, which lays out text, is missing ({str(error).splitlines()[0]})"
        hint = "run `apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0`"
        raise IpdocsError([Finding("missing-library", message, None, hint)]) from error


@contextmanager
def _libraries_by_soname() -> Iterator[None]:
    """Turn off find_library on Linux, so that WeasyPrint opens sonames such as libpango-1.0.so.0 directly."""
    find_library = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = find_library


@contextmanager
def _lazy_modules() -> Iterator[None]:
    """Replace the modules in `_LAZY_MODULES` by lazy modules while WeasyPrint is imported."""
    modules = {name: _LazyModule(name) for name in _LAZY_MODULES if name not in sys.modules}
    sys.modules.update(modules)
    try:
        yield
    finally:
        for name in modules:
            del sys.modules[name]


class _LazyModule(ModuleType):
    """A module that is imported when one of its functions or classes is called for the first time."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *args, **kwargs: getattr(import_module(self.__name__), name)(*args, **kwargs)
