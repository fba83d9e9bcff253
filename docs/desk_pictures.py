"""Takes the pictures of the desk in the README from the example documents: python docs/desk_pictures.py."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = "/usr/bin/chromium"
SIZE = {"width": 1440, "height": 900}
COLOURS = 128
"""The pictures have a few flat colours; a palette makes them a third as large."""


def main() -> None:
    """Start the desk on a copy of the examples, and take a picture of Home and of a release."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder, "press-office")
        shutil.copytree(ROOT / "fixtures", workspace)
        command = [sys.executable, "-m", "ipdocs", "desk", str(workspace), "--no-browser"]
        environment = {**os.environ, "XDG_STATE_HOME": folder, "PYTHONUNBUFFERED": "1"}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as desk:  # noqa: S603
            try:
                _take_pictures(desk.stdout.readline() if desk.stdout else "")
            finally:
                desk.terminate()


def _take_pictures(line: str) -> None:
    address = re.search(r"(http://127\.0\.0\.1:\d+)/#c=[\w-]+", line)
    if address is None:
        raise SystemExit(f"the desk did not start: {line}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=SIZE)
        page.goto(address[0])
        page.wait_for_selector("main[data-ready]")
        page.wait_for_timeout(3000)  # the counts come after the rows
        page.locator(".foot").evaluate("foot => foot.remove()")  # it names the folder of the copy
        _save(page, "desk-home.png")
        page.goto(f"{address[1]}/d/example-gia:release.yaml")
        page.wait_for_selector("main[data-ready]")
        page.wait_for_selector(".sheet img")
        cell = page.locator("[data-place='spokesman.paragraph'][data-lang=tc]").first
        cell.click()
        page.wait_for_timeout(3000)  # the page of the block of the caret
        _save(page, "desk-write.png")
        browser.close()


def _save(page: Page, name: str) -> None:
    with Image.open(BytesIO(page.screenshot())) as picture:
        picture.convert("RGB").quantize(COLOURS).save(ROOT / "docs" / name, optimize=True)


if __name__ == "__main__":
    main()
