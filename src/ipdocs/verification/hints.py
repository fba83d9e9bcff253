"""The hint that most findings about a finished file share."""

REBUILD = "build the document again"
