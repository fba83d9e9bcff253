"""Finished files read again, and held against their source."""

from ipdocs.pipeline.verify.files import Verified, verify

__all__ = ["Verified", "verify"]
