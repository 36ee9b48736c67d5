"""The answer to many people who compete for seats. Field names are the JSON contract, schema 1."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from msgspec import Struct

from opmatch.model.program import CatalogInfo
from opmatch.model.ranking import (
    NearMiss,
    Notice,
    Option,
    ProgramSummary,
    Question,
    SafetyStop,
    SessionTime,
    Tier,
)

Priority = Literal["urgent", "soon", "routine"]
PRIORITIES: tuple[Priority, ...] = ("urgent", "soon", "routine")
Result = Literal["placed", "waiting", "stopped", "invalid"]
Reason = Literal["seats-taken", "needs-confirming", "no-open-seat", "seats-unknown", "no-fit"]


class Choice(Struct, frozen=True, kw_only=True):
    """One program and track a person could attend; `confirm` are gates that have to be asked first."""

    program: ProgramSummary
    option: Option
    tier: Tier
    score: int
    confirm: tuple[str, ...] = ()


class Placed(Struct, frozen=True, kw_only=True):
    """Where somebody is placed. `choice` is its rank among the person's own `choices`.

    `better` are those before it, each of them full in this placement, the best first.
    """

    program: ProgramSummary
    option: Option
    tier: Tier
    score: int
    confirm: tuple[str, ...]
    choice: int
    choices: int
    better: tuple[Choice, ...]
    distance_miles: float | None
    travel_minutes: int | None
    sessions: tuple[SessionTime, ...]
    questions: tuple[Question, ...]


class Waiting(Struct, frozen=True, kw_only=True):
    """Why somebody waits, and what is left to try.

    `taken` counts the person's own choices, every seat of which others have. `confirm` are open seats that
    fit once something is confirmed; `full` fit but have no seat that can be counted on; `call` are programs
    that fit, or may fit, and don't list seats. The last three hold the best few; `nearest` is there where
    nothing fits at all.
    """

    reason: Reason
    text: str
    taken: int = 0
    confirm: tuple[Choice, ...] = ()
    full: tuple[Choice, ...] = ()
    call: tuple[Choice, ...] = ()
    nearest: NearMiss | None = None


class Assignment(Struct, frozen=True, kw_only=True):
    """What becomes of one person; the part that goes with `result` is there."""

    row: int
    ref: str | None
    priority: Priority
    result: Result
    placed: Placed | None = None
    waiting: Waiting | None = None
    safety_stop: SafetyStop | None = None
    error: str | None = None
    request: dict[str, Any] | None = None


class Totals(Struct, frozen=True, kw_only=True):
    """People placed, in all and by priority; how many of them where all is known; the sum of scores."""

    placed: int = 0
    urgent: int = 0
    soon: int = 0
    routine: int = 0
    eligible: int = 0
    score: int = 0


class OneMoreSeat(Struct, frozen=True, kw_only=True):
    """What a single further open seat in one track would bring the whole placement.

    `places` is the priority of the person it would place, None where all it brings is better seats.
    `eligible` and `score` are what the totals would change by.
    """

    program: ProgramSummary
    track: str
    seats_listed: int | None
    seats_counted: int
    places: Priority | None
    eligible: int
    score: int


class Placement(Struct, frozen=True, kw_only=True):
    """The best placement of all people, in the order of their rows."""

    schema: int
    opmatch: str
    formula: str
    as_of: dt.date
    catalogs: tuple[CatalogInfo, ...]
    notices: tuple[Notice, ...]
    allow_confirm: bool
    people: int
    waiting: int
    stopped: int
    invalid: int
    tracks: int  # that have a seat which can be counted on
    seats: int
    totals: Totals
    first_come: Totals
    assignments: tuple[Assignment, ...]
    one_more_seat: tuple[OneMoreSeat, ...]
