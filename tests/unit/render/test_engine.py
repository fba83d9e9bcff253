"""WeasyPrint is imported without compilers and without what nobody asks of it, and still has everything."""

import subprocess
import sys

import pytest


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere libraries are looked for by name")
def test_no_program_is_started_to_find_its_libraries() -> None:
    code = (
        "import subprocess, ctypes.util\n"
        "def refused(*_, **__): raise AssertionError('a program was started')\n"
        "found, subprocess.Popen = ctypes.util.find_library, refused\n"
        "from ipdocs.templating.weasyprint_css import load_weasyprint\n"
        "load_weasyprint()\n"
        "print(ctypes.util.find_library is found)"
    )
    assert run(code) == "True"


def test_what_is_put_off_comes_when_it_is_called() -> None:
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
