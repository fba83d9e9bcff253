"""Writers: one tree in, one file out."""
