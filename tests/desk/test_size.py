"""What a browser must fetch before the first word is shown, and the licences of what is in it."""

from __future__ import annotations

import gzip
import json
import re

from tests.desk.conftest import PAGES, ROOT

PACKAGES = ROOT / "src/ipdocs/desk/frontend"


def test_script_and_styles_are_small() -> None:
    sizes = {name: len(gzip.compress((PAGES.parent / name).read_bytes())) for name in ("main.js", "style.css", "index.html")}
    assert sum(sizes.values()) <= 160_000, sizes


def test_each_package_in_the_script_has_its_licence() -> None:
    locked = json.loads((PACKAGES / "package-lock.json").read_text("utf-8"))["packages"]
    shipped = {
        f"{name.removeprefix('node_modules/')} {package['version']}"
        for name, package in locked.items()
        if name and not package.get("dev")
    }
    licences = (PAGES.parent / "licences.txt").read_text("utf-8")
    assert set(re.findall(r"^(\S+ \d[\d.]*) \(", licences, re.M)) == shipped
    assert licences.count("Permission is hereby granted") == len(shipped)
