"""The hint that most findings on a finished file share."""

REBUILD = "build the document again"
