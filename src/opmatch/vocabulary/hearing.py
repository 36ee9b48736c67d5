"""From what weight of evidence on words count."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from opmatch.kept import kept_yaml


class ReadAgain(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is read a second time, and what that counts: see words/hearing.yaml."""

    within: float
    within_in_part: float
    counts: float
    counts_now: float


class Hearing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The numbers of words/hearing.yaml, which says what each is."""

    danger: float
    danger_in_part: float
    now: float
    read_again: ReadAgain
    cue: float
    sure: float
    first: float


@cache
def hearing() -> Hearing:
    return kept_yaml("vocabulary/words/hearing.yaml", Hearing)
