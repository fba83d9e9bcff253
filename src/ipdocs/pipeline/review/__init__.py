"""The review page: what those who approve a document have to read, side by side, with what the tools know of it."""

from ipdocs.pipeline.review.page import review

__all__ = ["review"]
