"""OpenCC's published cases for s2hk and hk2s, put to our conversion: which hold, and which a rule of ours decides otherwise.

    python tests/benchmarks/opencc_cases.py testcases.json

The file is test/testcases/testcases.json of OpenCC's sources (Apache-2.0); it has comments and trailing commas.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from ipdocs.translation.script import converter
from ipdocs.workspace import Workspace

CONFIGS = {"s2hk": ("sc", "tc"), "hk2s": ("tc", "sc")}
EXCEPTIONS = {
    "为了核实这说法": "說, where OpenCC writes 説",
    "有线新闻 无线新闻 无线新闻台 有線新聞 無線新聞 無線新聞台": "what is Traditional already is left alone",
    "失之毫厘谬以千里 立方厘米": "厘米, as Hong Kong writes it",
    "恒生大学 恒生指数 观塘线 港岛线 恆生大學 恆生指數 觀塘線 港島線": "線, as the Official Record writes the lines' names",
}


def main(path: Path) -> int:
    """Print each case that comes out otherwise, with its reason; the exit code is 1 if one has none."""
    text = re.sub(r",(\s*[}\]])", r"\1", re.sub(r"^\s*//.*$", "", path.read_text("utf-8"), flags=re.MULTILINE))
    unexplained = 0
    for config, (source, target) in CONFIGS.items():
        cases = [case for case in json.loads(text)["cases"] if config in case["expected"]]
        made = converter(source, target, Workspace())
        other = [case for case in cases if made.convert(case["input"]) != case["expected"][config]]
        print(f"{config}: {len(cases) - len(other)} of {len(cases)} hold")
        for case in other:
            reason = EXCEPTIONS.get(case["input"], "no reason is listed")
            unexplained += case["input"] not in EXCEPTIONS
            print(f"  {case['expected'][config]}\n  {made.convert(case['input'])}\n    {reason}")
    return min(unexplained, 1)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
