"""Packs of minutes: everything a secretary hands out for a meeting, from one source."""
