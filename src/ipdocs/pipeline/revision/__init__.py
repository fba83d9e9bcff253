"""Built Word files back from review, and what has changed between two versions of a source."""

from ipdocs.pipeline.revision.take import Change, Taken, is_built, take_review

__all__ = ["Change", "Taken", "is_built", "take_review"]
