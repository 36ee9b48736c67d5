"""Small words that steer how texts are read: denials, turns, stress, and what tells a language."""

from __future__ import annotations

from functools import cache

from opmatch.kept import kept_yaml


@cache
def small_words(name: str) -> frozenset[str]:
    """One list of words/small.yaml."""
    return frozenset(_lists()[name].split())


@cache
def _lists() -> dict[str, str]:
    return kept_yaml("vocabulary/words/small.yaml", dict[str, str])
