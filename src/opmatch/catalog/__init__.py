"""Catalogs: read from YAML or JSON with located problems, resolved into programs, checked."""
