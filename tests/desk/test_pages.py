"""The pages of the desk in Chromium."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.slow


def test_home_lists_the_documents(page: Any) -> None:
    assert page.locator("a[href='/d/gd-hk-ip-17:release.yaml']").count() == 1
    assert page.problems == []
