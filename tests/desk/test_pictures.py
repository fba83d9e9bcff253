"""The pictures of pages over a real socket, and the process that draws them."""

from __future__ import annotations

import io
import os
import signal
import time
from pathlib import Path
from threading import Thread
from typing import Any

from PIL import Image

DOC = "/d/gd-hk-ip-17:release.yaml"


def page(desk: Any, query: str, number: int = 1) -> tuple[int, dict[str, str], bytes]:
    status, headers, data = desk.request("GET", f"/api{DOC}/page/{number}?{query}")
    return status, headers, data


def test_page_is_a_picture_of_its_width(desk: Any) -> None:
    status, headers, data = page(desk, "edition=en%2Btc&w=840")
    image = Image.open(io.BytesIO(data))
    assert (status, image.format, image.width, headers["x-pages"]) == (200, "WEBP", 840, "3")
    assert image.height > image.width
    assert len(image.getcolors(1 << 24)) > 16  # there are words on it


def test_known_page_is_not_sent_again(desk: Any) -> None:
    _, headers, _ = page(desk, "edition=en&w=500")
    again, _, data = page(desk, f"edition=en&w=500&known={headers['x-digest']}")
    assert (again, data) == (204, b"")
    assert page(desk, f"edition=tc&w=500&known={headers['x-digest']}")[0] == 200


def test_change_is_seen_on_its_page(desk: Any) -> None:
    first = page(desk, "edition=en&w=500")[1]["x-digest"]
    last = page(desk, "edition=en&w=500", 2)[1]["x-digest"]
    view = desk.get(DOC)
    line = next(row for row in view["rows"] if row["id"] == "lead")["lines"][0]
    text = line["cells"]["en"]["text"]
    assert text.count("further strengthen") == 1
    after = text.replace("further strengthen", "farther strengthen")
    change = {"type": "text", "place": line["place"], "lang": "en", "before": text, "after": after}
    desk.post(f"{DOC}/step", {"id": "s1", "tab": "t", "changes": [change]})
    assert page(desk, f"edition=en&w=500&known={first}")[0] == 200
    assert page(desk, f"edition=en&w=500&known={last}", 2)[0] == 204


def test_places_have_the_rows_of_the_view(desk: Any) -> None:
    places = desk.get(f"{DOC}/places?edition=en%2Btc")
    rows = {row["id"]: row for row in desk.get(DOC)["rows"]}
    boxes = places["boxes"]
    assert {box["row"] for box in boxes} <= rows.keys()
    assert {row["id"] for row in rows.values() if row["body"]} <= {box["row"] for box in boxes}
    assert {"title", "lead"} <= {box["row"] for box in boxes}
    pieces = {box["piece"] for box in boxes if box["row"] == "areas" and box["lang"] == "en" and box["piece"] is not None}
    assert pieces == set(range(len(rows["areas"]["lines"])))
    assert all(0 <= box["x"] < box["x"] + box["w"] <= 1 and 0 <= box["y"] < box["y"] + box["h"] <= 1 for box in boxes)
    assert places["pages"] == len(places["texts"])
    assert "Intellectual Property Rights" in " ".join(places["texts"][0].split())


def test_unreadable_document_shows_its_last_page(desk: Any, workspace: Path) -> None:
    before = page(desk, "edition=en&w=400")
    source = workspace / "gd-hk-ip-17/release.yaml"
    source.write_text(source.read_text("utf-8").replace("body:", "body: [", 1), "utf-8")
    assert desk.get(DOC)["problem"] is not None
    assert page(desk, "edition=en&w=400")[2] == before[2]


def test_unknown_language_and_layout_are_refused(desk: Any) -> None:
    assert page(desk, "edition=xx&w=400")[0] == 422
    assert page(desk, "edition=en&layout=spiral")[0] == 400
    assert page(desk, "edition=en&w=wide")[0] == 400


def test_drawing_comes_back_after_it_was_killed(desk: Any) -> None:
    page(desk, "edition=en&w=300")
    answers: list[int] = []

    def draw() -> None:
        answers.extend(page(desk, f"edition=en%2Btc%2Bsc&w={width}")[0] for width in range(400, 440))

    thread = Thread(target=draw)
    thread.start()
    killed = 0
    while thread.is_alive():
        for child in children(desk.process.pid):
            os.kill(child, signal.SIGKILL)
            killed += 1
        time.sleep(0.3)
        if killed > 3:
            break
    thread.join()
    assert killed
    assert set(answers) <= {200, 503}
    assert 503 in answers
    assert answers[-1] == 200
    assert page(desk, "edition=en&w=300")[0] == 200


def test_drawing_ends_with_the_desk(desk: Any) -> None:
    page(desk, "edition=en&w=300")
    (child,) = children(desk.process.pid)
    desk.kill()
    for _ in range(100):
        if not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text().split(") ")[1][:1]:
            return
        time.sleep(0.1)
    raise AssertionError("the drawing process is still there")


def children(pid: int) -> list[int]:
    """Return the ids of the drawing processes of a desk, not of the helper that Python starts beside them."""
    numbers = [int(number) for number in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    for task in Path(f"/proc/{pid}/task").iterdir():
        numbers += [int(number) for number in (task / "children").read_text().split()]
    return [n for n in dict.fromkeys(numbers) if b"spawn_main" in Path(f"/proc/{n}/cmdline").read_bytes()]
