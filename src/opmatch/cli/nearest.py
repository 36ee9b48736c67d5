"""The nearest known word to one that isn't known, as a hint in an error line."""

from __future__ import annotations

from collections.abc import Iterable

ENOUGH = 60.0  # rapidfuzz ratio, 0..100, under which a suggestion would only puzzle


def nearest(word: str, known: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """The words of `known` most like `word`, the nearest first; none when nothing is near."""
    from rapidfuzz import fuzz, process

    found = process.extract(word.lower(), sorted(known), scorer=fuzz.WRatio, limit=limit, score_cutoff=ENOUGH)
    return tuple(hit for hit, _, _ in found)


def did_you_mean(word: str, known: Iterable[str], limit: int = 1) -> str:
    """`; did you mean x?`, or nothing."""
    found = nearest(word, known, limit)
    return f"; did you mean {', '.join(found)}?" if found else ""
