"""Rules for the repository itself: layers, names, documents."""

from __future__ import annotations

import ast
import re
import runpy
import subprocess
from collections import Counter
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest
import typer

ROOT = Path(__file__).resolve().parents[1]
PROSE = (
    *("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"),
    *("templates/README.md", "locales/README.md"),
    *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")),
)
NAMESPACES = (
    "http://docbook.org/",
    "http://json-schema.org/",
    "https://json-schema.org/",
    "https://json.schemastore.org/",
    "http://ns.adobe.com/",
    "http://openoffice.org/2001/",
    "http://purl.oclc.org/ooxml/",
    "http://purl.org/",
    "http://schemas.microsoft.com/",
    "http://schemas.openxmlformats.org/",
    "https://docs.oasis-open.org/",
    "http://sdl.com/FileTypes/",
    "http://www.memsource.com/mxlf/",
    "http://www.aiim.org/",
    "http://www.apache.org/licenses/",
    "http://www.inkscape.org/namespaces/",
    "http://www.lisa.org/",
    "http://www.w3.org/",
    "https://www.w3.org/",
)
"""Addresses that are names of formats."""


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def texts() -> list[tuple[Path, str]]:
    files = []
    for path in tracked():
        if path.name in {"LICENSE", "test_house.py"}:
            continue
        try:
            files.append((path.relative_to(ROOT), path.read_text("utf-8")))
        except UnicodeDecodeError:
            continue
    return files


def test_no_file_names_a_path_of_one_computer() -> None:
    machine = re.compile(r"(?<![\w.:/])/(?:root|home|work|Users)/\w+")
    assert {str(path): machine.findall(text) for path, text in texts() if machine.search(text)} == {}


def test_addresses_are_examples_or_names_of_formats() -> None:
    strange = {}
    for path, text in texts():
        for address in re.findall(r"https?://[^\s\"'<>)\]}|\\]+", text):
            host = address.split("/")[2] if address.count("/") > 1 else ""
            known = re.search(r"(^|\.)example\.(org|com|net)(:\d+)?$", host) or host.split(":")[0] in {"127.0.0.1", "localhost"}
            if "." in host and not known and not address.startswith(NAMESPACES):
                strange.setdefault(str(path), []).append(address)
    assert strange == {}


def test_no_source_has_a_todo_comment() -> None:
    mark = re.compile(r"(?:#|\"\"\").*\b(?:TODO|FIXME|XXX)\b")
    assert {str(path): mark.findall(text) for path, text in texts() if path.suffix == ".py" and mark.search(text)} == {}


def test_no_module_is_too_long_to_read() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in (ROOT / "src").rglob("*.py")}
    assert {path: length for path, length in lengths.items() if length > 350} == {}


PAGES = ROOT / "src/ipdocs/desk/frontend/src"
FORBIDDEN_IN_PAGES = {
    "HTML from text": r"innerHTML|outerHTML\s*=|insertAdjacentHTML|document\.write",
    "a cast that switches types off": r":\s*any\b|\bas any\b|@ts-(?:ignore|nocheck|expect-error)",
    "output on the console": r"\bconsole\.",
    "a cookie": r"document\.cookie",
    "a swallowed error": r"catch \{\s*\}|catch \(\w+\) \{\s*\}",
    "code from text": r"\beval\(|new Function\(",
}
"""What no module of the pages may have."""


def page_modules() -> dict[str, str]:
    """Return the modules of the pages without their comments."""
    texts_of_modules = {path.stem: path.read_text("utf-8") for path in sorted(PAGES.glob("*.ts"))}
    return {name: re.sub(r"/\*\*.*?\*/|(?<!:)//.*", "", text) for name, text in texts_of_modules.items()}


def test_no_module_of_the_pages_is_too_long() -> None:
    lengths = {
        path.name: len(path.read_text("utf-8").splitlines()) for path in (*PAGES.glob("*.ts"), *PAGES.parent.glob("*.mjs"))
    }
    assert {name: length for name, length in lengths.items() if length > 350} == {}


@pytest.mark.parametrize("what", FORBIDDEN_IN_PAGES)
def test_the_pages_have_no(what: str) -> None:
    pattern = re.compile(FORBIDDEN_IN_PAGES[what])
    assert {name: pattern.findall(text) for name, text in page_modules().items() if pattern.search(text)} == {}


def test_the_pages_name_no_language_in_code() -> None:
    """Languages are data, for the interface and for documents; "en" is the language of what only the code says."""
    named = re.compile(r"\"(?:tc|sc|cn|zh-[\w-]+)\"|繁|简|中文")
    assert {name: named.findall(text) for name, text in page_modules().items() if named.search(text)} == {}


def test_every_export_of_the_pages_is_imported() -> None:
    modules = page_modules()
    imported = {
        (source, name.strip().removeprefix("type ").partition(" as ")[0])
        for text in modules.values()
        for names, source in re.findall(r"import (?:type )?\{([^}]*)\} from \"\./([\w-]+)\"", text)
        for name in names.split(",")
    }
    exported = {
        (module, name)
        for module, text in modules.items()
        for name in re.findall(r"^export (?:async )?(?:function\*?|const|let|class|type) (\w+)", text, re.M)
    }
    assert len(exported) > 200
    assert exported - imported == set()


def test_no_imports_form_a_cycle() -> None:
    """Imports for type checking and imports in functions count, too."""
    graph = grimp.build_graph("ipdocs", cache_dir=None)
    imported = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert len(imported) > 300
    TopologicalSorter(imported).prepare()  # a cycle raises CycleError, which names the modules


def commands() -> set[str]:
    from ipdocs.cli import app

    group = typer.main.get_command(app)
    return {name for name, command in group.commands.items() if not command.hidden}  # type: ignore[attr-defined]


def test_the_readme_lists_every_command_and_no_other() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert set(re.findall(r"`ipdocs ([a-z]+)", text)) == commands()


@pytest.mark.parametrize("name", PROSE)
def test_links_between_documents_are_valid(name: str) -> None:
    path = ROOT / name
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target


def test_architecture_names_only_what_exists() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    sources = ROOT / "src/ipdocs"
    packages = {path.name for path in sources.iterdir() if path.is_dir()}
    for name in set(re.findall(r"`([a-z_]+(?:\.[A-Za-z_]+)+)", text)):
        parts = name.split(".")
        if parts[0] not in packages:
            continue
        modules = [sources.joinpath(*parts[:end]).with_suffix(".py") for end in range(2, len(parts) + 1)]
        module = next((path for path in modules if path.is_file()), sources.joinpath(*parts[:-1], "__init__.py"))
        assert module.is_file(), name
        member = name.removeprefix(".".join(module.with_suffix("").relative_to(sources).parts)).strip(".")
        assert not member or re.search(rf"\b{parts[-1]}\b", module.read_text("utf-8")), name
    for path in set(re.findall(r"`([a-z_]+/[\w/]*\.py)`", text)):
        assert (sources / path).is_file() or (ROOT / path).is_file(), path


def test_the_architecture_picture_shows_the_import_contract() -> None:
    namespace = runpy.run_path(str(ROOT / "docs/architecture_picture.py"))
    assert namespace["picture"]() == (ROOT / "docs/architecture.svg").read_text("utf-8")


def test_every_folder_of_templates_and_locales_is_explained() -> None:
    for area in ("templates", "locales"):
        text = (ROOT / area / "README.md").read_text("utf-8")
        folders = [path.name for path in (ROOT / area).iterdir() if path.is_dir() and not path.name.startswith(("_", "."))]
        assert [name for name in folders if name not in text] == []


def test_the_version_is_in_the_changelog() -> None:
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)
    assert version
    assert f"## {version[1]}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


FILES = "src/ipdocs/files/"
DOORS = {
    "opens or writes ZIPs": {"import zipfile", "import tarfile", "shutil.make_archive", "shutil.unpack_archive"},
    "parses XML or HTML": {
        *(
            "etree.fromstring",
            "etree.parse",
            "etree.iterparse",
            "etree.XML",
            "etree.HTML",
            "etree.XMLParser",
            "etree.XMLPullParser",
        ),
        *("html.parse", "html.document_fromstring", "html.HTMLParser", "html.XHTMLParser", "import xml.etree", "import xml.sax"),
    },
    "writes files": {".write_bytes", ".write_text", "open for writing"},
    "makes temporary files": {f"tempfile.{name}" for name in ("mkdtemp", "mkstemp", "TemporaryDirectory", "NamedTemporaryFile")},
    "renames files": {"os.replace", "os.rename", "shutil.move", "rename a path"},
    "starts programs": {"import subprocess", "os.system", "os.posix_spawn", "os.execv", "os.execvp"},
}
OTHER_DOORS = {
    ("translation/memory/index.py", "rename a path"): "SQLite writes the index, beside the earlier one",
    ("writers/pdf/font_files.py", "import subprocess"): "fontconfig's fc-list lists the installed fonts",
    ("locale/conversion/decisions.py", "import subprocess"): "OpenCC's own programs show the steps of a conversion",
}
"""What modules outside files/ may do themselves, with the reason."""


def calls(path: Path) -> set[str]:
    """Return the names that a module imports and calls, such as "etree.parse" and ".write_text"."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {f"import {alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"import {node.module}"} | {f"import {node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call):
            names |= set(called(node))
    return names


def called(node: ast.Call) -> Iterator[str]:
    function = node.func
    if isinstance(function, ast.Attribute):
        yield f".{function.attr}"
        if isinstance(function.value, ast.Name):
            yield f"{function.value.id}.{function.attr}"
        if function.attr in ("replace", "rename") and len(node.args) == 1 and not node.keywords:
            yield "rename a path"
    name = function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    if name == "open":
        values = (*node.args, *(keyword.value for keyword in node.keywords))
        modes = [value.value for value in values if isinstance(value, ast.Constant)]
        if any(isinstance(mode, str) and re.fullmatch(r"[rbt]*[wax+][rwaxbt+]*", mode) for mode in modes):
            yield "open for writing"


@pytest.mark.parametrize("action", DOORS)
def test_only_files_reads_and_writes(action: str) -> None:
    source = ROOT / "src/ipdocs"
    used = {
        (path.relative_to(source).as_posix(), call)
        for path in source.rglob("*.py")
        if not path.relative_to(ROOT).as_posix().startswith(FILES)
        for call in calls(path) & DOORS[action]
    }
    assert used == {(module, call) for module, call in OTHER_DOORS if call in DOORS[action]}


def test_only_one_module_uses_zipfile() -> None:
    modules = [path.name for path in (ROOT / FILES).rglob("*.py") if "import zipfile" in calls(path)]
    assert modules == ["package.py"]


def test_spreadsheets_are_written_where_formulas_are_quoted() -> None:
    tables = {"csv": [], "openpyxl": []}
    for path in sorted((ROOT / "src").rglob("*.py")):
        for name in tables:
            if any(call == f"import {name}" or call.startswith(f"import {name}.") for call in calls(path)):
                tables[name].append(path.relative_to(ROOT).as_posix())
    assert tables == {"csv": [f"{FILES}csv_table.py"], "openpyxl": [f"{FILES}spreadsheet.py"]}


def test_only_one_module_has_names_of_office_open_xml() -> None:
    names = re.compile(r"schemas\.openxmlformats\.org|purl\.oclc\.org/ooxml|urn:schemas-microsoft-com")
    modules = [str(path) for path, text in texts() if path.suffix == ".py" and path.parts[0] == "src" and names.search(text)]
    assert modules == [f"{FILES}ooxml/names.py"]


def test_no_public_name_becomes_a_module() -> None:
    import pkgutil
    from importlib import import_module
    from types import ModuleType

    import ipdocs

    for module in pkgutil.walk_packages(ipdocs.__path__, "ipdocs."):
        if module.name != "ipdocs.__main__":
            import_module(module.name)
    assert [name for name in ipdocs.__all__ if isinstance(getattr(ipdocs, name), ModuleType)] == []


def definitions(folder: str, kinds: type[ast.AST] | tuple[type[ast.AST], ...]) -> Iterator[tuple[Path, ast.AST]]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, kinds):
                yield path.relative_to(ROOT), node


def test_no_two_classes_have_the_same_name() -> None:
    classes = Counter(node.name for _, node in definitions("src", ast.ClassDef))  # type: ignore[attr-defined]
    assert {name: count for name, count in classes.items() if count > 1} == {}


def identifiers(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name) | ast.arg(arg=name) | ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
            yield name
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.MatchAs(name=str(name)):
            yield name


VAGUE = ("one", "made", "found", "said", "told", "short")


def test_few_identifiers_are_vague() -> None:
    names = Counter(name for _, node in definitions("src", ast.AST) for name in identifiers(node) if name in VAGUE)
    assert names.total() < 60, names


def test_names_of_tests_are_short() -> None:
    tests = [(str(path), node.name) for path, node in definitions("tests", ast.FunctionDef)]  # type: ignore[attr-defined]
    assert [(path, name) for path, name in tests if name.startswith("test_") and len(name) >= 60] == []
