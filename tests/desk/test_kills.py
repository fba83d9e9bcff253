"""The desk and the browser end in the middle of typing, and no typed character is lost.

`IPDOCS_KILLS=50 pytest tests/desk/test_kills.py` kills the desk at 50 random moments instead of a few.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from .conftest import CHROMIUM, CHROMIUM_OPTIONS
from .typing_help import DOCUMENT, EXAMPLE, cell, saved, type_at_end, wait_for

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("IPDOCS_KILLS", "4"))
WORDS = "The applications of small enterprises rose again in every district and so did their renewals"
CHINESE = "中小企業在各區提交的申請再次上升續期數目亦然"


def test_no_kill_of_the_desk_loses_a_character(desk: Any, open_page: Callable[..., Any], workspace: Path) -> None:
    page = open_page(desk, DOCUMENT)
    chance = random.Random(20181205)
    cells = (("lead.paragraph", "en", WORDS), ("spokesman.paragraph", "tc", CHINESE))
    typed: dict[str, str] = {}
    for place, lang, _ in cells:
        type_at_end(page, place, lang, "")
    for number in range(KILLS):
        place, lang, words = cells[number % 2]
        type_at_end(page, place, lang, "")
        timer = Timer(chance.uniform(0.02, 1.8), desk.process.send_signal, [signal.SIGKILL])
        timer.start()
        for _ in range(chance.randint(8, 40)):
            character = chance.choice(words).strip() or "x"
            page.keyboard.type(character)
            typed[place] = typed.get(place, "") + character
            page.wait_for_timeout(chance.uniform(5, 60))
        timer.join()
        desk.kill()
        if chance.random() < 0.5:
            page.keyboard.type("z")
            typed[place] += "z"
        desk.start()
    saved(page)
    text = (workspace / EXAMPLE).read_text("utf-8")
    plain = "".join(text.split()).replace("\\", "")
    for place, words in typed.items():
        assert words in plain, place
    assert page.problems == [] or all("ERR_CONNECTION" in problem or "Failed to" in problem for problem in page.problems)


def test_a_killed_browser_has_kept_the_words(desk: Any, browser: Any, workspace: Path, tmp_path: Path) -> None:
    source, profile = workspace / EXAMPLE, tmp_path / "profile"
    before = source.read_text("utf-8")

    def open_profile() -> tuple[Any, Any]:
        for name in ("SingletonLock", "SingletonCookie", "SingletonSocket"):
            (profile / name).unlink(missing_ok=True)
        options = {"executable_path": CHROMIUM, "args": list(CHROMIUM_OPTIONS), "viewport": {"width": 1440, "height": 900}}
        context = browser.browser_type.launch_persistent_context(profile, **options)
        page = context.pages[0]
        page.goto(f"http://127.0.0.1:{desk.port}{DOCUMENT}#c={desk.post('/desk/entry', {})['code']}")
        page.wait_for_selector("main[data-ready]")
        return context, page

    _, page = open_profile()
    type_at_end(page, "spokesman.paragraph", "en", "")
    desk.process.send_signal(signal.SIGSTOP)  # so that no word reaches the desk
    try:
        page.keyboard.type(" mid-wor")
        page.wait_for_timeout(300)
        assert kill_browser(profile)
    finally:
        desk.process.send_signal(signal.SIGCONT)
    time.sleep(1)
    assert source.read_text("utf-8") == before
    context, page = open_profile()
    wait_for(page, lambda: source.read_text("utf-8") == before.replace("and added:", "and added: mid-wor"))
    wait_for(page, lambda: "mid-wor" in cell(page, "spokesman.paragraph", "en").inner_text())
    context.close()


def kill_browser(profile: Path) -> int:
    """End all processes of the Chromium with a profile, as a crash does; return their number."""
    count = 0
    listed = subprocess.run(["ps", "-wweo", "pid,args"], capture_output=True, text=True, check=True).stdout
    for line in listed.splitlines():
        number, _, command = line.strip().partition(" ")
        if str(profile) in command and "chrom" in command:
            try:
                os.kill(int(number), signal.SIGKILL)
            except ProcessLookupError:
                continue
            count += 1
    return count
