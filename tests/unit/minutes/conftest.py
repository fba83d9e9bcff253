"""Small minutes that a test can change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

SOURCE = """\
schema: 1
kind: minutes
id: small
status: confirmed
languages: [en, tc]
committee: {en: "Reading Committee", tc: "閱讀委員會"}
issued: 2018-09-01
meeting: {number: 3, date: 2018-08-21, begins: 14:30, ends: 16:00, venue: {en: "Room 1", tc: "一號室"}}
previous: {number: 2, date: 2018-02-20}
next: {number: 4, date: 2019-02-19, begins: 10:00, venue: {en: "Room 2", tc: "二號室"}}
offices:
  library: {name: {en: "Central Library", tc: "中央圖書館"}, short: {en: "Library", tc: "圖書館"}}
attendance:
  quorum: 1
  present:
    - {post: {en: "Chief Librarian", tc: "總館長"}, office: library, role: chair}
  absent:
    - {post: {en: "Youth Officer", tc: "青年主任"}}
papers:
  - {id: plan, number: {en: "Paper 3/1", tc: "第3/1號文件"}, title: {en: "Plan", tc: "計劃"}}
body:
  - id: confirmation
    item: {standing: confirmation}
  - id: matters
    item: {standing: matters-arising}
  - id: old-action
    action: {carried: 2/1, what: {en: "Print the poster.", tc: "印製海報。"}, owner: [library], due: 2018-06-30, status: open}
  - id: books
    item: {heading: {en: "New books", tc: "新書"}, papers: [plan], presenters: [library]}
  - id: said
    paragraph: {en: "Members considered the plan.", tc: "委員審議計劃。"}
  - id: kinds
    list:
      style: letter
      intro: {en: "They named:", tc: "他們提出："}
      items: [{en: "novels", tc: "小說"}, {en: "poems", tc: "詩集"}]
  - id: heading
    heading: {en: "Money", tc: "經費"}
  - id: agreed
    decision: {en: "The plan was agreed.", tc: "通過計劃。"}
  - id: buy
    action: {what: {en: "Buy the books.", tc: "購買圖書。"}, owner: [library], due: 2018-10-31}
  - id: note
    post-meeting-note: {en: "They were bought.", tc: "已購買。"}
  - id: closing
    item: {standing: next-meeting}
"""

Write = Callable[..., Path]


@pytest.fixture
def minutes(tmp_path: Path) -> Write:
    """Return a function that writes the small minutes with some words replaced, each of which must occur once."""

    def write(*changes: tuple[str, str], name: str = "minutes.yaml") -> Path:
        text = SOURCE
        for before, after in changes:
            assert text.count(before) == 1, before
            text = text.replace(before, after)
        (tmp_path / "templates").mkdir(exist_ok=True)
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write
