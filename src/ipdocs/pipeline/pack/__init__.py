"""Packs: everything a secretary hands out for a meeting, from one source of minutes."""

from ipdocs.pipeline.pack.pack import Pack, extract, pack

__all__ = ["Pack", "extract", "pack"]
