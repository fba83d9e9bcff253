"""Find the files of each release in a folder, by their names: release.en.docx and release.tc.docx, en/1.docx and tc/1.docx."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ipdocs.files.system_errors import cannot_read
from ipdocs.findings import Finding, Location
from ipdocs.importing.read_files import READERS
from ipdocs.locale.file_names import FileNameWords, file_name_words
from ipdocs.workspace import Workspace, real_path

_MAX_NAMES = 5
"""The maximum number of file names in a message."""


@dataclass(frozen=True, slots=True)
class FileGroup:
    """The files of one document.

    Attributes:
        name: the name that the files share, with the folders around it, such as "2026/seminar".
        files: the path of each file.
        languages: the code of the language that each name states, or "".
    """

    name: str
    files: tuple[Path, ...]
    languages: tuple[str, ...]

    @property
    def states_no_language(self) -> bool:
        """Whether the document is a single file whose name states no language."""
        return self.languages == ("",)


def find_files(folder: Path) -> tuple[list[Path], list[Finding]]:
    """Return the files below a folder that can be imported, and findings about other files.

    Hidden files are skipped. Links out of the folder, and links to folders, are not followed.
    """
    findings: list[Finding] = []
    others: dict[str, list[Path]] = defaultdict(list)
    links: list[Path] = []
    paths: list[Path] = []

    def report(error: OSError) -> None:
        findings.extend(cannot_read(Path(error.filename), error, "allow reading this folder; its files were skipped").findings)

    for parent, folders, names in os.walk(folder, onerror=report):
        links += (Path(parent, name) for name in sorted(folders) if Path(parent, name).is_symlink())
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if name.startswith((".", "~$")) or name.casefold() in ("thumbs.db", "desktop.ini"):
                continue
            if path.is_symlink() and not real_path(path).is_relative_to(real_path(folder)):
                links.append(path)
            elif path.suffix.lower() in READERS:
                paths.append(path)
            else:
                others[path.suffix.lower()].append(path)
    if links:
        message = f"links to folders, or out of this folder, are not followed: {_list_names(links)}"
        hint = "copy the files into the folder, if they are releases to import"
        findings.append(Finding("link-not-followed", message, Location(links[0]), hint, "warning"))
    for suffix, skipped in sorted(others.items()):
        kind = f"of the kind '{suffix[:20]}'" if suffix else "without a kind"
        message = f"{_count(skipped, 'file')} {kind} cannot be imported: {_list_names(skipped)}"
        hint = "save releases as .docx, .html or .txt; other files may stay"
        findings.append(Finding("unknown-format", message, Location(skipped[0]), hint, "warning"))
    return paths, findings


def group_files(paths: Sequence[Path], folder: Path, workspace: Workspace) -> list[FileGroup]:
    """Group files whose names differ only in words for languages, such as "en" and "tc".

    Args:
        paths: the paths of the files.
        folder: the folder that contains them; the names of folders below it may also state a language.
        workspace: the workspace, whose table of such words is used.
    """
    words = file_name_words(workspace)
    groups = _group(paths, folder, words, words.split)
    pairs = _group(
        [path for group in groups for path in group.files if group.states_no_language], folder, words, words.split_inside
    )
    pairs = [pair for pair in pairs if len({*filter(None, pair.languages)}) == len(pair.files) > 1]
    paired = {path for pair in pairs for path in pair.files}
    groups = [group for group in groups if group.files[0] not in paired]
    order = {path: index for index, path in enumerate(paths)}
    return sorted([*groups, *pairs], key=lambda group: order[group.files[0]])


def _group(paths: Sequence[Path], folder: Path, words: FileNameWords, split: Callable[[str], tuple[str, str]]) -> list[FileGroup]:
    """Group files by their folders and names; `split` returns a name without its word for a language, and the language."""
    groups: dict[str, list[tuple[str, Path, str]]] = defaultdict(list)
    for path in paths:
        base, language = split(path.stem)
        parents: list[str] = []
        for parent in path.relative_to(folder).parts[:-1]:
            if code := words.folder_language(parent):
                language = language or code
            else:
                parents.append(parent)
        name = "/".join([*parents, base.strip(" .") or folder.resolve().name or "release"])
        groups[name.casefold()].append((name, path, language))
    return [
        FileGroup(files[0][0], tuple(path for _, path, _ in files), tuple(language for *_, language in files))
        for files in groups.values()
    ]


def files_alike_findings(group: FileGroup) -> Iterator[Finding]:
    """Yield the finding on more than two files whose names do not state different languages."""
    if len(group.files) > 2 and ("" in group.languages or len({*group.languages}) < len(group.files)):
        message = f"{_count(group.files, 'file')} have the same name apart from language: {_list_names(group.files)}"
        hint = "give each file a name of its own, or put other versions into another folder"
        yield Finding("files-alike", message, Location(group.files[0]), hint)


def _count(items: Sequence[object], noun: str) -> str:
    return f"{len(items)} {noun}{'' if len(items) == 1 else 's'}"


def _list_names(paths: Sequence[Path]) -> str:
    names = [path.name for path in paths[:_MAX_NAMES]]
    return ", ".join(names) + (f" and {len(paths) - _MAX_NAMES} more" if len(paths) > _MAX_NAMES else "")
