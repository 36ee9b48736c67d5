"""How old a fact is, and how far it can be trusted for it."""

from __future__ import annotations

import datetime as dt
import math

from msgspec import Struct

from opmatch.matching.case import Case
from opmatch.model.program import Program

DAYS_PER_YEAR = 365.25
READ_AS_YEARS = 730
"""Days from which an age is told in years: nobody feels what 1,787 days are."""


class Age(Struct, frozen=True):
    """Days since a fact was last confirmed, never negative; `dated` False where no date is known anywhere."""

    days: int
    dated: bool

    def __str__(self) -> str:
        if not self.dated:
            return "at an unknown date"
        if self.days == 0:
            return "today"
        if self.days >= READ_AS_YEARS:
            return f"{self.days / DAYS_PER_YEAR:.1f} years ago"
        return f"{self.days} day{'s' if self.days != 1 else ''} ago"


def fact_date(program: Program, own: dt.date | None, *fields: str) -> dt.date | None:
    """When a fact was confirmed: its own date, else its field's, else the program's, else the catalog's.

    `fields` are names of the catalog format; the first with a date counts.
    """
    if own is not None:
        return own
    verified = program.verified
    for field in fields:
        if field in verified.fields:
            return verified.fields[field]
    return verified.date or program.origin.as_of


def fact_age(case: Case, program: Program, own: dt.date | None, *fields: str) -> Age:
    """The age of a fact on the request's day."""
    date = fact_date(program, own, *fields)
    if date is None:
        return Age(case.formula.undated_days, dated=False)
    return Age(max(0, (case.request.as_of - date).days), dated=True)


def confidence(case: Case, kind: str, age: Age) -> float:
    """How far a fact of this kind (a key of the formula's `facts`) is still believed, 0 to 1."""
    rule = case.formula.facts[kind]
    if rule.half_life is None:
        return 1.0
    return rule.floor + (1.0 - rule.floor) * math.pow(0.5, age.days / rule.half_life)


def expired(case: Case, kind: str, age: Age) -> bool:
    """Whether a gate may no longer rely on a fact of this kind."""
    half_life = case.formula.facts[kind].half_life
    return half_life is not None and age.days > case.formula.expires_after_half_lives * half_life
