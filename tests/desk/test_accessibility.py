"""Every screen in every state: axe finds nothing in light, dark and forced colours, wide, narrow and at 400 % zoom."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.desk.accessibility import assert_accessible_everywhere
from tests.desk.conftest import RunningDesk
from tests.desk.screens import SCREENS, Screen


@pytest.mark.slow
@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
def test_axe_finds_nothing(
    screen: Screen, workspace: Path, open_desk: Callable[..., RunningDesk], open_page: Callable[..., Any]
) -> None:
    screen.prepare(workspace)
    page = open_page(open_desk(workspace), screen.path, bypass_csp=True)
    screen.arrive(page, workspace)
    assert_accessible_everywhere(page)
