"""WeasyPrint is imported without starting compilers or loading modules that are rarely needed."""

import subprocess
import sys

import pytest


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems look libraries up by name")
def test_loading_weasyprint_starts_no_program() -> None:
    code = (
        "import subprocess, ctypes.util\n"
        "def refused(*_, **__): raise AssertionError('a program was started')\n"
        "original, subprocess.Popen = ctypes.util.find_library, refused\n"
        "from ipdocs.templating.weasyprint_css import load_weasyprint\n"
        "load_weasyprint()\n"
        "print(ctypes.util.find_library is original)"
    )
    assert run(code) == "True"


def test_lazy_modules_are_imported_on_first_call() -> None:
    code = (
        "import sys\n"
        "from ipdocs.templating.weasyprint_css import load_weasyprint\n"
        "load_weasyprint()\n"
        "from weasyprint.pdf import fonts\n"
        "before = 'fontTools.subset' in sys.modules\n"
        "options = fonts.subset.Options(retain_gids=True)\n"
        "import fontTools.subset\n"
        "print(before, type(options) is fontTools.subset.Options, options.retain_gids)"
    )
    assert run(code) == "False True True"
