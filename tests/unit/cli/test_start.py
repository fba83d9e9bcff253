from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("weasyprint", "docx", "opencc", "lxml", "babel", "jinja2", "ruamel", "pydantic", "pikepdf", "openpyxl")


def modules_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint('\\n'.join(sys.modules))"
    return set(subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.splitlines())


@pytest.mark.parametrize("name", HEAVY)
def test_help_imports_no_heavy_library(name: str) -> None:
    code = "from ipdocs.cli import main\nsys.argv = ['ipdocs', '--help']\ntry:\n    main()\nexcept SystemExit:\n    pass"
    assert name not in modules_after(code)


def test_importing_ipdocs_imports_none_of_its_stages() -> None:
    assert not {name for name in modules_after("import ipdocs") if name.startswith("ipdocs.")}


def test_every_public_name_is_there() -> None:
    import ipdocs

    assert all(getattr(ipdocs, name) for name in ipdocs.__all__)
    assert {*ipdocs._MODULES, "__version__"} == set(ipdocs.__all__)


def test_an_unknown_public_name_is_an_attribute_error() -> None:
    import ipdocs

    with pytest.raises(AttributeError, match="no attribute 'publish'"):
        _ = ipdocs.publish
