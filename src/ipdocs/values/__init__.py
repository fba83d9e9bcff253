"""Recognise numbers, dates, money and other values in text, and render values in a language and house style."""

from ipdocs.values.filters import FILTERS, apply_filter, render_plain, restate
from ipdocs.values.form import CannotRender, Form
from ipdocs.values.notation import notation, parse_value
from ipdocs.values.recognise import recognise
from ipdocs.values.render import render
from ipdocs.values.setting import Setting
from ipdocs.values.slot import Slot
from ipdocs.values.types import Value

__all__ = [
    "FILTERS",
    "CannotRender",
    "Form",
    "Setting",
    "Slot",
    "Value",
    "apply_filter",
    "notation",
    "parse_value",
    "recognise",
    "render",
    "render_plain",
    "restate",
]
