"""One language of a document, chosen and finished."""
