"""Exchange formats of translators' tools: texts with codes, out and back."""
