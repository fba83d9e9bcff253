"""What the tests of writing share: a document on the Write page, keys, compositions, and what the file says afterwards."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ipdocs.source.spans import find_spans

from ..conftest import RunningDesk

CHIP = "\ufffc"
"""Stands for a chip in the words of a cell."""

SOURCE = """\
schema: 1
kind: press-release
id: sample
style: gia
issued: 2018-08-21
languages: [en, tc]
facts:
  met: {date: 2018-08-21}
  rise: {percent: "3.9"}
title:
  en: "Seminar to be held"
  tc: "研討會將舉行"
body:
  - id: lead
    paragraph:
      en: "On {{ met | day }} it **drew** many, {{ rise | percent }}{{ met | day }} *more*."
      tc: "研討會{{ met | day }}舉行，**反應**熱烈。"
  - id: marks
    paragraph:
      en: "A [link](https://example.org/a), x^2^, 5 \\\\* 3 and ⟦open⟧ words."
      tc: "⟦…⟧"
  - id: chip
    paragraph:
      en: "{{ met | day }}"
  - id: draft
    paragraph:
      en: "Words in English."
      tc: "⟦draft: memory 94 %⟧署方⟦發言⟧人"
"""

WORDS_IN_FIELD = """element => {
  const copy = element.cloneNode(true);
  for (const chip of copy.querySelectorAll('.chip')) chip.replaceWith('\\ufffc');
  for (const grey of copy.querySelectorAll('.open-words')) grey.remove();
  for (const line of copy.querySelectorAll('br')) line.replaceWith('\\n');
  const lines = copy.querySelectorAll('.cm-line');
  return lines.length ? [...lines].map(line => line.textContent.replace(/\\n$/, '')).join('\\n') : copy.textContent;
}"""

LISTEN_FOR_REPORTS = """() => {
  window.reports = [];
  document.addEventListener('securitypolicyviolation', event => window.reports.push(event.violatedDirective));
}"""


@dataclass
class Writer:
    """Somebody who writes on the Write page of one document."""

    desk: Any
    page: Any
    path: Path

    def cell(self, place: str, lang: str = "en") -> Any:
        """The element of a cell."""
        return self.page.locator(f'[data-place="{place}"][data-lang="{lang}"]')

    def go(self, place: str, lang: str = "en", steps: int = 0) -> None:
        """Put the caret into a cell, a number of steps after its start."""
        self.cell(place, lang).click()
        self.press("Control+Home", *["ArrowRight"] * steps)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        """Type words, a key for each character."""
        self.page.keyboard.type(words)

    def compose(self, *stages: str, commit: str) -> None:
        """Compose words as an input method does: stages with marked letters, then the words chosen."""
        session = self.page.context.new_cdp_session(self.page)
        for stage in stages:
            session.send("Input.imeSetComposition", {"text": stage, "selectionStart": len(stage), "selectionEnd": len(stage)})
            self.page.wait_for_timeout(10)
        session.send("Input.insertText", {"text": commit})
        session.detach()
        self.page.wait_for_timeout(80)

    def hold_steps(self) -> Callable[[], None]:
        """Let no step reach the server until the function that is returned is called."""
        held: list[Any] = []
        is_open = False
        self.page.route("**/step", lambda route: route.continue_() if is_open else held.append(route))

        def release() -> None:
            nonlocal is_open
            is_open = True
            for route in held:
                route.continue_()

        return release

    def shown(self, place: str, lang: str = "en") -> str:
        """The words that a cell shows, with CHIP for each chip."""
        return str(self.cell(place, lang).evaluate(WORDS_IN_FIELD))

    def saved(self, place: str, lang: str = "en") -> str | None:
        """The source text of a cell in the file, once all words are saved."""
        self.page.evaluate("document.activeElement.blur()")
        for _ in range(200):
            self.page.wait_for_timeout(120)
            if not self.page.steps:
                break
        view = self.desk.get(f"/d/{self.path.name}")
        assert self.page.refused == []
        cells = (line["cells"].get(lang) for row in view["rows"] for line in row["lines"] if line["place"] == place)
        cell = next(cells)
        return None if cell is None else cell["text"]


def words_of(text: str) -> str:
    """What a source text shows: without marks, and with CHIP for each chip; as the reader of sources reads it."""
    hidden = []
    for span in find_spans(text):
        if span.kind in ("fact", "note"):
            hidden.append((span.start, span.end, CHIP))
        elif span.kind != "break":
            hidden += [(span.start, span.inner_start, ""), (span.inner_end, span.end, "")]
    words, at = "", 0
    for start, end, shown in sorted(hidden):
        if start >= at:
            words, at = words + text[at:start] + shown, max(at, end)
    return words + text[at:]


@pytest.fixture(name="words_of")
def _words_of() -> Callable[[str], str]:
    return words_of


@pytest.fixture(scope="module")
def writing_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """A desk on a workspace, into which each test puts its document."""
    folder = tmp_path_factory.mktemp("writing")
    workspace = folder / "workspace"
    workspace.mkdir()
    desk = RunningDesk(
        workspace, folder / "state", {**os.environ, "XDG_STATE_HOME": str(folder / "state"), "PYTHONUNBUFFERED": "1"}
    )
    desk.start()
    desk.enter()
    yield desk
    desk.stop()


@pytest.fixture
def write(writing_desk: RunningDesk, open_page: Callable[..., Any]) -> Iterator[Callable[..., Writer]]:
    """Open a source on the Write page: `writer = write()`. Afterwards nothing may have gone wrong in the page."""
    writers: list[Writer] = []

    def open_(source: str = SOURCE, **options: Any) -> Writer:
        path = writing_desk.workspace / f"release-{len([*writing_desk.workspace.iterdir()])}.yaml"
        path.write_text(source, "utf-8")
        page = open_page(writing_desk, f"/d/{path.name}", **options)
        page.steps = set()
        page.refused = []
        page.on("request", lambda request: request.url.endswith("/step") and page.steps.add(request))
        page.on("requestfinished", lambda request: page.steps.discard(request))
        page.on("requestfailed", lambda request: page.steps.discard(request))
        page.on("response", lambda answer: answer.status == 422 and page.refused.append(answer.request.post_data))
        page.evaluate(LISTEN_FOR_REPORTS)
        writers.append(Writer(writing_desk, page, path))
        return writers[-1]

    yield open_
    for writer in writers:
        assert writer.page.evaluate("window.reports") == []
        assert writer.page.refused == []
        # Answers that say no are counted above; the picture of a page may be missing while the words make no document.
        assert [problem for problem in writer.page.problems if "Failed to load resource" not in problem] == []
