"""What a text is taken for: the terms it may mean, how sure that is, how urgent its words are."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from opmatch.vocabulary.screen import Alarm

MAX_CANDIDATES = 5


class Candidate(Struct, frozen=True, kw_only=True):
    """A term the text may mean: `score` 0 to 1, `matched` the words of the text that led to it."""

    id: str
    label: str
    score: float
    matched: tuple[str, ...]


class Reading(Struct, frozen=True, kw_only=True):
    """What a text is taken for.

    `sure`: the first candidate is taken, and with it every one in `taken` (in order of weight); else the
    candidates are suggestions. `declined` is for a code or its name that is known and not a need here.
    `crisis` is whether the words are about danger, `alarm` how urgently.
    """

    text: str
    sure: bool
    candidates: tuple[Candidate, ...]
    declined: dict[str, Any] | None
    crisis: bool
    alarm: Alarm | None
    taken: tuple[str, ...] = ()
    coded: bool = False  # whether it was codes that were read
