"""Damaged files of every format cause no traceback, no hang and no file outside the workspace."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .attempt import KINDS, Attempts


@pytest.fixture(scope="module")
def attempts(tmp_path_factory: pytest.TempPathFactory) -> Attempts:
    return Attempts(Path(tmp_path_factory.mktemp("damaged")) / "workspace")


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_damage_to_files_is_reported(kind: str, attempts: Attempts, seed: int) -> None:
    attempts.read(kind, seed)
