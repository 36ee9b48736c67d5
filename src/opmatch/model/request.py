"""One person's needs, schedule and location, as understood."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import Struct

from opmatch.model.program import Level, Point
from opmatch.model.week import Week

How = Literal["id", "label", "synonym", "code", "spelling", "phrase"]
DeliveryWish = Literal["in-person", "virtual", "any"]
MUST_NAMES: tuple[str, ...] = ("approach", "for", "language", "service", "support")
SAFETY_FLAGS: tuple[str, ...] = ("imminent-risk", "needs-24h", "withdrawal-risk", "medically-unstable")
DEFAULT_WITHIN_MILES = 25.0


class Understood(Struct, frozen=True, kw_only=True):
    """A vocabulary term and the words that led to it."""

    id: str
    label: str
    asked: str
    how: How = "id"


class Place(Struct, frozen=True, kw_only=True):
    """Where the person is: a point, and the state and zone as far as they are known."""

    text: str
    point: Point
    state: str = ""
    time_zone: str | None = None
    precision: Literal["exact", "zip", "city"] = "exact"


class Request(Struct, frozen=True, kw_only=True):
    """Everything asked for. None or empty means not asked; no field here stands for three states.

    `as_of` is the day the ranking is made for. `within` is in miles and is set whenever `near` is.
    `safety` is None while the question is open and empty when the answer was "none".
    """

    as_of: dt.date
    needs: tuple[Understood, ...] = ()
    levels: tuple[Level, ...] = ()
    age: int | None = None
    near: Place | None = None
    within: float | None = None
    delivery: DeliveryWish = "any"
    when: Week | None = None
    when_text: tuple[str, ...] = ()
    payers: tuple[Understood, ...] = ()
    language: Understood | None = None
    populations: tuple[Understood, ...] = ()
    gender: str | None = None
    approaches: tuple[Understood, ...] = ()
    services: tuple[Understood, ...] = ()
    supports: tuple[Understood, ...] = ()
    start_by: dt.date | None = None
    waitlist: bool = False
    except_ids: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    safety: tuple[str, ...] | None = None
    safety_reviewed: bool = False
    weights: str = "balanced"
    ref: str | None = None
