"""The desk: a page on this computer in which documents are written, checked and built. Its server and its pages."""
