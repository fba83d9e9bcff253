"""Views: one language of a document each, finished."""

from ipdocs.view.localise import localise
from ipdocs.view.view import View

__all__ = ["View", "localise"]
