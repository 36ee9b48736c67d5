"""How the texts of a request are read, each by itself: remembered, where many requests share them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from opmatch.intake.place import parse_place
from opmatch.intake.week import parse_week
from opmatch.model.request import Place, Understood
from opmatch.model.week import Week
from opmatch.vocabulary.quiet import quiet
from opmatch.vocabulary.resolve import resolve_all
from opmatch.vocabulary.terms import Kind, Vocabulary

if TYPE_CHECKING:
    from opmatch.places.lookup import Places
    from opmatch.vocabulary.screen import Alarm

REMEMBERED: Final = 4096
"""Texts of each sort that are kept in memory, the last ones used: a bound on how long input may grow it."""


class Readers(NamedTuple):
    """One function for each sort of text; they raise as the functions of their packages do."""

    terms: Callable[[Kind, str], tuple[Understood, ...]]
    place: Callable[[str], Place]
    week: Callable[[tuple[str, ...]], Week]
    alarm: Callable[[str], Alarm | None]


def plain_readers(vocabulary: Vocabulary, places: Places) -> Readers:
    """Readers that read every text anew."""
    return Readers(
        terms=lambda kind, text: resolve_all(vocabulary, kind, text),
        place=lambda text: parse_place(text, places),
        week=parse_week,
        alarm=lambda text: _alarm(vocabulary, text),
    )


def _alarm(vocabulary: Vocabulary, text: str) -> Alarm | None:
    if quiet(vocabulary, text):
        return None
    from opmatch.vocabulary.screen import screen

    return screen(vocabulary, text)


def remembering(readers: Readers) -> Readers:
    """The same, each answer kept while it is among the last ones used. Errors are not kept."""
    remember = lru_cache(maxsize=REMEMBERED)
    return Readers(
        terms=remember(readers.terms),
        place=remember(readers.place),
        week=remember(readers.week),
        alarm=remember(readers.alarm),
    )
