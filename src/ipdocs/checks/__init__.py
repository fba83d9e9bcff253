"""Checks: what a careful reader would find in a source. One rule a file; CHECKS is all of them."""

from __future__ import annotations

from ipdocs.checks.table import CHECKS, Check

__all__ = ["CHECKS", "Check"]
