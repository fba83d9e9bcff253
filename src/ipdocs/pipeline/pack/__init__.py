"""Packs: everything a secretary hands out for a meeting, from one source of minutes."""

from ipdocs.pipeline.pack.pack import Pack, minutes_of, pack

__all__ = ["Pack", "minutes_of", "pack"]
