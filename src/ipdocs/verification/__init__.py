"""Finished files read with nothing of the writers, and compared with what the HTML states."""
