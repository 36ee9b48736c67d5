"""Catalogs made ready for searching, kept in the user's cache folder."""
