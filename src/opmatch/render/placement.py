"""A placement in a line, and as CSV with a row a person."""

from __future__ import annotations

from typing import Any

from opmatch.model.placement import Assignment, Choice, Placement
from opmatch.model.ranking import Option, ProgramSummary
from opmatch.render import phrases
from opmatch.render.csv import sheet

COLUMNS = (
    "row",
    "ref",
    "priority",
    "result",
    "tier",
    "score",
    "choice",
    "choices",
    "id",
    "name",
    "organization",
    "field",
    "level",
    "fictional",
    "mode",
    "track",
    "sessions",
    "distance_miles",
    "travel_minutes",
    "phone",
    "url",
    "confirm",
    "better_and_full",
    "reason",
    "why",
    "call",
    "nearest",
    "safety_stop",
    "safety",
    "error",
    "as_of",
)
_REQUEST = "request"


def summary(placement: Placement) -> str:
    """ "12 people: 8 placed, 3 waiting, 1 stopped for safety"."""
    parts = (
        (placement.totals.placed, "placed"),
        (placement.waiting, "waiting"),
        (placement.stopped, "stopped for safety"),
        (placement.invalid, "invalid"),
    )
    told = ", ".join(f"{count:,} {word}" for count, word in parts if count)
    people = f"{placement.people:,} {'person' if placement.people == 1 else 'people'}"
    return f"{people}{': ' if told else ''}{told}"


def where(program: ProgramSummary, option: Option) -> str:
    """A track by name: "Trauma Recovery IOP, evening track"; without one, the program."""
    track = f", {option.track} track" if option.track else ""
    return f"{phrases.name(program)}{track}"


def choices(found: tuple[Choice, ...]) -> str:
    """Programs one by one, each with its number where there is one to call."""
    return "; ".join(_choice(one) for one in found)


def _choice(one: Choice) -> str:
    phone = phrases.phone(one.program)
    confirm = f", confirm {' and '.join(one.confirm)}" if one.confirm else ""
    return f"{where(one.program, one.option)} ({one.score} points{confirm}{f', {phone}' if phone else ''})"


def nearest(one: Assignment) -> str:
    """What came closest, and the change that would let it in, as far as that may be told."""
    near = one.waiting.nearest if one.waiting is not None else None
    if near is None:
        return ""
    gates = ", ".join(failed.gate for failed in near.failed)
    reason = "; ".join(failed.reason for failed in near.failed if failed.reason)
    change = phrases.as_options(near.relax)
    comes = f"; comes up with {change}" if change else ""
    return f"{phrases.name(near.program)}, out by {gates}{f': {reason}' if reason else ''}{comes}"


def render_csv(placement: Placement) -> str:
    """A header and a row a person, in the order of the rows; no value runs as a formula."""
    with_request = any(one.request is not None for one in placement.assignments)
    columns = (*COLUMNS, _REQUEST) if with_request else COLUMNS
    return sheet(columns, (_row(one, placement) for one in placement.assignments))


def _row(one: Assignment, placement: Placement) -> dict[str, Any]:
    row: dict[str, Any] = {
        "row": one.row,
        "ref": one.ref,
        "priority": one.priority,
        "result": one.result,
        "error": one.error,
        "as_of": placement.as_of,
    }
    if one.request is not None:
        import msgspec

        row[_REQUEST] = msgspec.json.encode(one.request).decode()
    if one.safety_stop is not None:
        stop = one.safety_stop
        row |= {"safety_stop": stop.flag, "safety": f"{stop.title}: {stop.text}"}
    return row | _placed(one) | _waiting(one)


def _placed(one: Assignment) -> dict[str, Any]:
    placed = one.placed
    if placed is None:
        return {}
    program = placed.program
    return {
        "tier": placed.tier,
        "score": placed.score,
        "choice": placed.choice,
        "choices": placed.choices,
        "id": program.id,
        "name": phrases.name(program),
        "organization": program.organization,
        "field": "; ".join(program.field),
        "level": program.level,
        "fictional": "yes" if program.fictional else "no",
        "mode": placed.option.mode,
        "track": placed.option.track,
        "sessions": phrases.sessions(placed.sessions, door_to_door=placed.option.mode == "in-person"),
        "distance_miles": placed.distance_miles,
        "travel_minutes": placed.travel_minutes,
        "phone": phrases.phone(program),
        "url": program.url,
        "confirm": "; ".join(placed.confirm),
        "better_and_full": choices(placed.better),
    }


def _waiting(one: Assignment) -> dict[str, Any]:
    waiting = one.waiting
    if waiting is None:
        return {}
    return {
        "reason": waiting.reason,
        "why": waiting.text,
        "confirm": choices(waiting.confirm),
        "call": choices(waiting.call),
        "nearest": nearest(one),
    }
