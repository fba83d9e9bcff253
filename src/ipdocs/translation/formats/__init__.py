"""What goes to translators and comes back: texts with codes in them, in the formats of their tools."""
