"""The translation memory: stored units, their index, look-up and adaptation."""
