"""The whole story: sources in, files out."""

from ipdocs.pipeline.build import Output, build

__all__ = ["Output", "build"]
