"""The build hook of the wheel: makes the pages of the desk with esbuild, where Node.js is there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DESK = Path(__file__).parent / "src/ipdocs/desk"


class PagesHook(BuildHookInterface[Any]):
    """Makes src/ipdocs/desk/static before the files of a wheel or an sdist are collected."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the pages, unless they are newer than what they are made from.

        Args:
            version: "standard", or "editable" for an installation that uses the checkout, whose pages `make pages` makes.
            build_data: not used.

        Raises:
            SystemExit: the pages are not there and cannot be made.
        """
        if version == "editable" or pages_are_new():
            return
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit("the pages of the desk cannot be made: install Node.js 20 or newer (with npm), and run this again")
        make_pages(npm)


def pages_are_new() -> bool:
    """Whether the pages were made after the last change of what they are made from."""
    made = DESK / "static/main.js"
    sources = [path for path in (DESK / "frontend").rglob("*") if "node_modules" not in path.parts and path.is_file()]
    return made.is_file() and made.stat().st_mtime >= max((path.stat().st_mtime for path in sources), default=0)


def make_pages(npm: str) -> None:
    """Install the packages of package-lock.json, unless they are there, and run esbuild."""
    frontend = DESK / "frontend"
    lock, installed = frontend / "package-lock.json", frontend / "node_modules/.package-lock.json"
    if not installed.is_file() or installed.stat().st_mtime < lock.stat().st_mtime:
        subprocess.run([npm, "ci", "--ignore-scripts", "--no-progress", "--loglevel=error"], cwd=frontend, check=True)
        installed.touch()
    subprocess.run([npm, "run", "--silent", "build"], cwd=frontend, check=True)


if __name__ == "__main__":
    if not pages_are_new():
        make_pages(shutil.which("npm") or "npm")
