"""Time and memory of a pack: python tests/benchmarks/pack_speed.py [PAGES...]

Each size runs in a process of its own: a third of the pages are ours (minutes of an item each three pages or so), two
thirds an annex. Prints pages, seconds, those of the processor, megabytes at the most, and milliseconds a page.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = (75, 150, 300)
SAID = (
    "Members noted the report of the departments and asked that figures be given by quarter, so that trends could be seen "
    "earlier. The representatives explained how applications had developed since the last meeting, what had been done to "
    "shorten the time of examination, and which measures were planned for the coming year in both places. "
)


def annex(pages: int) -> bytes:
    """Return a PDF of text with some number of pages."""
    import pikepdf

    pdf = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    fonts = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
    for number in range(1, pages + 1):
        pdf.add_blank_page(page_size=(595, 842))
        lines = "".join(f"({number}.{line} A line of the annex as long as lines of reports are.) Tj T*\n" for line in range(45))
        pdf.pages[-1].Resources = fonts
        pdf.pages[-1].Contents = pdf.make_stream(f"BT /F1 11 Tf 60 780 Td 16 TL\n{lines}ET".encode())
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def source(items: int, paragraphs: int) -> str:
    """Return minutes with some number of items and of paragraphs for each, with a decision and an action."""
    blocks = []
    for item in range(1, items + 1):
        blocks += [f"  - id: item-{item}", f'    item: {{heading: {{en: "Matter {item}"}}}}']
        for number in range(1, paragraphs + 1):
            blocks += [f"  - id: said-{item}-{number}", f'    paragraph: {{en: "{SAID * 2}"}}']
        blocks += [f"  - id: decided-{item}", f'    decision: {{en: "{SAID}"}}']
        blocks += [f"  - id: act-{item}", f'    action: {{what: {{en: "{SAID}"}}, owner: [office], due: 2018-12-31}}']
    head = """schema: 1
kind: minutes
id: large
languages: [en]
committee: {en: "Committee"}
meeting: {number: 1, date: 2018-08-21, begins: 9:00, ends: 18:00, venue: {en: "Room 1"}}
offices:
  office: {name: {en: "Office"}}
attendance:
  present:
    - {post: {en: "Director"}, role: chair}
annexes:
  - {id: large-annex, title: {en: "Figures"}, file: annex.pdf}
body:
"""
    return head + "\n".join(blocks) + "\n"


def run(pages: int) -> tuple[int, float, float, float]:
    """Make a pack; return its pages, wall and processor time in seconds, and peak memory in megabytes."""
    import pikepdf

    from ipdocs.minutes.pack import make_pack
    from ipdocs.pipeline.request import BuildRequest

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "templates").mkdir()
        items = pages // 10
        (folder / "minutes.yaml").write_text(source(items, 6), "utf-8")
        (folder / "annex.pdf").write_bytes(annex(pages * 2 // 3))
        start, busy = time.perf_counter(), time.process_time()
        pack = make_pack(folder / "minutes.yaml", folder / "out", BuildRequest(editions=("en",)))
        seconds, busy = time.perf_counter() - start, time.process_time() - busy
        bound = next(path for path in pack.files if ".pack." in path.name)
        with pikepdf.open(bound) as pdf:
            counted = len(pdf.pages)
    return counted, seconds, busy, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        sys.stdout.write("{} {:.2f} {:.2f} {:.0f}\n".format(*run(int(sys.argv[2]))))
    else:
        for size in map(int, sys.argv[1:] or SIZES):
            command = [sys.executable, __file__, "--one", str(size)]
            figures = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
            counted, (seconds, busy, megabytes) = int(figures[0]), map(float, figures[1:])
            per_page = 1000 * busy / counted
            sys.stdout.write(
                f"{counted:4} pages  {seconds:5.1f} s ({busy:5.1f} s busy)  {megabytes:4.0f} MB  {per_page:4.0f} ms a page\n"
            )
