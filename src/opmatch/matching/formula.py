"""The numbers that decide a score, as one frozen value read from formula.yaml."""

# No `from __future__ import annotations`: msgspec would work out all of them at each start.

from itertools import pairwise

from msgspec import Struct

Curve = tuple[tuple[float, float], ...]
"""Points of a piecewise linear curve, x rising; flat beyond both ends."""


class HalfLife(Struct, frozen=True):
    floor: float
    half_life: float | None = None  # days


class Listed(Struct, frozen=True):
    alone: float
    with_approach: float


class Fit(Struct, frozen=True):
    specializes: Listed
    treats: Listed
    general: float
    related: float
    later_need: float


class Least(Struct, frozen=True):
    sessions: int
    minutes: int
    minutes_under_18: int


class Schedule(Struct, frozen=True):
    slack: Curve
    ways: Curve
    partly: float
    least: dict[str, Least]


class Travel(Struct, frozen=True):
    miles: Curve
    virtual: float
    transport: float
    days_a_week: dict[str, int]
    detour: float
    miles_per_hour: float


class Cost(Struct, frozen=True):
    listed: float
    network: float
    accepting: float
    visit_dollars: Curve


class Preferences(Struct, frozen=True):
    interpreter: float
    welcomes: float


class Formula(Struct, frozen=True):
    """See formula.yaml for the meaning, unit and source of each number."""

    version: str
    weights: dict[str, dict[str, float]]
    priors: dict[str, float]
    facts: dict[str, HalfLife]
    undated_days: int
    expires_after_half_lives: float
    stale_catalog_days: int
    fit: Fit
    schedule: Schedule
    wait_days: Curve
    travel: Travel
    cost: Cost
    preferences: Preferences
    moves: dict[str, float]
    most_relaxations: int
    place_search: float


def on_curve(curve: Curve, x: float) -> float:
    """The curve's y at x: linear between points, flat beyond the ends."""
    if x <= curve[0][0]:
        return curve[0][1]
    for (x0, y0), (x1, y1) in pairwise(curve):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return curve[-1][1]
