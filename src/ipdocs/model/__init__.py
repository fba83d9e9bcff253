"""The canonical content model: what a document says, before any language is chosen."""
