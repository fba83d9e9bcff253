"""Catalogs, glossary and script conversion."""
