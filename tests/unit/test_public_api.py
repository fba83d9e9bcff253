"""The names that `import ipdocs` offers."""

from __future__ import annotations

import inspect
import pkgutil
import subprocess
import sys
from importlib import import_module
from typing import Any

import pytest

import ipdocs

EXCEPTIONS = ("IncompleteBuild", "InvalidSource", "NotReleasable", "SourceChangedOnDisk", "UnsafeFile", "VerificationFailed")
FUNCTIONS = [name for name in ipdocs.__all__ if inspect.isfunction(getattr(ipdocs, name))]


def test_no_public_name_is_a_submodule() -> None:
    submodules = {module.name for module in pkgutil.iter_modules(ipdocs.__path__)}
    assert submodules & set(ipdocs.__all__) == set()


def test_no_name_of_a_package_hides_a_submodule() -> None:
    names = [module.name for module in pkgutil.walk_packages(ipdocs.__path__, "ipdocs.")]
    modules = {name: import_module(name) for name in names}
    hidden = []
    for name, module in modules.items():
        package, _, submodule = name.rpartition(".")
        if getattr(import_module(package), submodule) is not module:
            hidden.append(name)
    assert hidden == []


def test_names_survive_importing_every_submodule() -> None:
    code = """
import importlib, inspect, pkgutil, ipdocs
for module in pkgutil.walk_packages(ipdocs.__path__, "ipdocs."):
    importlib.import_module(module.name)
print([name for name in ipdocs.__all__ if inspect.ismodule(getattr(ipdocs, name))])
"""
    result = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"


def test_every_name_has_an_import_for_type_checkers() -> None:
    source = inspect.getsource(ipdocs)
    block = source[source.index("if TYPE_CHECKING") : source.index("_MODULES")]
    assert [name for name in ipdocs.__all__ if name not in block] == []


def test_a_name_is_imported_only_when_it_is_used() -> None:
    code = "import sys, ipdocs; print([name for name in sys.modules if name.startswith('ipdocs.')])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'load'"):
        ipdocs.load  # noqa: B018


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_every_exception_is_an_ipdocs_error(name: str) -> None:
    assert issubclass(getattr(ipdocs, name), ipdocs.IpdocsError)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_public_docstring_describes_every_argument(name: str) -> None:
    function = getattr(ipdocs, name)
    text = inspect.getdoc(function) or ""
    parameters = list(inspect.signature(function).parameters)
    if len(parameters) > 1:
        described = text.partition("Args:")[2]
        assert [parameter for parameter in parameters if f"{parameter}: " not in described] == []


@pytest.mark.parametrize("values", [{"layout": "round"}, {"formats": ("pdf", "doc")}])
def test_a_request_refuses_an_unknown_value(values: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="there is no"):
        ipdocs.BuildRequest(**values)


@pytest.mark.parametrize("values", [{"editions": "tc"}, {"formats": "pdf"}])
def test_a_request_refuses_a_string_as_a_sequence(values: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="sequence"):
        ipdocs.BuildRequest(**values)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_public_function_has_types(name: str) -> None:
    function = getattr(ipdocs, name)
    assert "return" in function.__annotations__
    assert [parameter for parameter in inspect.signature(function).parameters if parameter not in function.__annotations__] == []


def test_the_version_is_that_of_the_distribution() -> None:
    from importlib.metadata import version

    assert ipdocs.__version__ == version("ipdocs")
