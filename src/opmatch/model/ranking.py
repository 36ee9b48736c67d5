"""The answer: ranked matches, near misses and relaxations. Field names are the JSON contract, schema 1."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from msgspec import Struct

from opmatch.model.program import CatalogInfo, Level, Mode

State = Literal["met", "unknown", "not_met"]
Tier = Literal["eligible", "confirm", "out"]
Change = dict[str, Any]
"""A partial request in request-file keys and values, merged over the original."""


class Notice(Struct, frozen=True):
    kind: str  # crisis | sample | safety | stale | understood | level | payer | minors | privacy | …
    text: str


class SiteSummary(Struct, frozen=True, kw_only=True):
    street: str
    city: str
    state: str
    zip: str
    latitude: float | None
    longitude: float | None
    precision: str | None
    confidential: bool


class SourceSummary(Struct, frozen=True, kw_only=True):
    name: str
    record: str


class DeliverySummary(Struct, frozen=True, kw_only=True):
    in_person: bool | Literal["unknown"]
    virtual: bool | Literal["unknown"]


class ProgramSummary(Struct, frozen=True, kw_only=True):
    id: str
    name: str
    organization: str
    field: tuple[str, ...]
    level: Level
    delivery: DeliverySummary
    site: SiteSummary | None
    phone: str
    url: str
    source: SourceSummary
    verified: dt.date | None
    fictional: bool


class Option(Struct, frozen=True, kw_only=True):
    mode: Mode
    track: str | None


class Gate(Struct, frozen=True, kw_only=True):
    name: str
    state: State
    reason: str
    relax: Change | None = None


class Criterion(Struct, frozen=True, kw_only=True):
    name: str
    points: int
    of: int
    utility: float
    known: float
    prior: float
    reason: str
    fact_age_days: int | None


class SessionTime(Struct, frozen=True, kw_only=True):
    """One session in the client's time; leave and back include travel."""

    day: str
    start: str
    end: str
    leave: str
    back: str


class Question(Struct, frozen=True, kw_only=True):
    ask: str
    swing: int


class Match(Struct, frozen=True, kw_only=True):
    rank: int
    tier: Tier
    score: int
    low: int
    high: int
    program: ProgramSummary
    option: Option
    distance_miles: float | None
    travel_minutes: int | None
    same_site: tuple[str, ...]
    gates: tuple[Gate, ...]
    criteria: tuple[Criterion, ...]
    sessions: tuple[SessionTime, ...]
    questions: tuple[Question, ...]


class FailedGate(Struct, frozen=True, kw_only=True):
    gate: str
    reason: str
    wanted: str
    actual: str


class NearMiss(Struct, frozen=True, kw_only=True):
    program: ProgramSummary
    score: int
    failed: tuple[FailedGate, ...]
    relax: Change


class Relaxation(Struct, frozen=True, kw_only=True):
    change: Change
    adds: int
    text: str


class FunnelStep(Struct, frozen=True, kw_only=True):
    gate: str
    met: int
    unknown: int
    not_met: int
    left: int


class SafetyStop(Struct, frozen=True, kw_only=True):
    flag: str
    title: str
    text: str


class Ranking(Struct, frozen=True, kw_only=True):
    schema: int
    opmatch: str
    formula: str
    as_of: dt.date
    catalogs: tuple[CatalogInfo, ...]
    request: dict[str, Any]
    notices: tuple[Notice, ...]
    considered: int
    eligible: int
    confirm: int
    funnel: tuple[FunnelStep, ...]
    matches: tuple[Match, ...]
    near_misses: tuple[NearMiss, ...]
    relaxations: tuple[Relaxation, ...]
    safety_stop: SafetyStop | None
