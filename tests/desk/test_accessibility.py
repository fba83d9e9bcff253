"""Every screen in every state: axe finds nothing in light, dark and forced colours, wide, narrow and at 400 % zoom."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.desk.accessibility import assert_accessible_everywhere
from tests.desk.conftest import ROOT, RunningDesk, desks
from tests.desk.screen_states import make_workspace
from tests.desk.screens import SCREENS, Screen

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def desk_of_states(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """A desk whose workspace has a document for each state."""
    folder = tmp_path_factory.mktemp("states")
    workspace = folder / "press-office"
    shutil.copytree(ROOT / "fixtures", workspace)
    make_workspace(workspace)
    with desks(folder) as start:
        yield start(workspace)


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
def test_axe_finds_nothing(screen: Screen, desk_of_states: RunningDesk, open_page: Callable[..., Any]) -> None:
    page = open_page(desk_of_states, screen.path, bypass_csp=True)
    screen.arrive(page, desk_of_states.workspace)
    assert_accessible_everywhere(page)


def test_axe_finds_nothing_in_an_empty_folder(
    tmp_path: Path, open_desk: Callable[..., RunningDesk], open_page: Callable[..., Any]
) -> None:
    (tmp_path / "empty").mkdir()
    page = open_page(open_desk(tmp_path / "empty"), bypass_csp=True)
    page.get_by_text("This folder has no documents yet").wait_for()
    assert_accessible_everywhere(page)
