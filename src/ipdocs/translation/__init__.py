"""Translation: exchange formats, the memory, suggestions, machine drafts, terms, and confirmation."""
