"""A placement for the person who approves it: who goes where, who waits and why, what would help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from opmatch.model.placement import Assignment, OneMoreSeat, Placed, Placement, Waiting
from opmatch.model.ranking import SafetyStop
from opmatch.render import phrases
from opmatch.render.layout import Layout, draw, words
from opmatch.render.notices import closing, opening
from opmatch.render.page import bullets, heading, paragraphs
from opmatch.render.placement import choices, nearest, summary, where

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

_LABEL_WIDTH = 14
_PRIORITY_WIDTH = 7
_TOLD = 5
"""Tracks named in which one more seat would help."""
_LEGEND = (
    "Most people are placed first, and of them the urgent; then the scores are highest in sum. A choice is"
    " ranked by the person's own request. Seats are what is listed as open, fewer the older the listing is:"
    " call before anybody is told. Being listed here is no endorsement."
)


def render(placement: Placement, layout: Layout) -> str:
    """Notices, who is placed, who waits, who isn't ranked, what one more seat would do, crisis lines."""
    by_result = {
        result: [one for one in placement.assignments if one.result == result]
        for result in ("placed", "waiting", "stopped", "invalid")
    }
    parts: list[RenderableType] = [*opening(placement.notices)]
    parts += [words(f"{summary(placement)}."), words(_seats(placement)), ""]
    if by_result["stopped"]:
        parts += [heading("Stopped for safety: not placed", layout), *_stops(by_result["stopped"])]
    if by_result["placed"]:
        parts += [heading("Placed", layout), _people(by_result["placed"]), ""]
    if by_result["waiting"]:
        parts += [heading("Waiting", layout), _people(by_result["waiting"]), ""]
    if by_result["invalid"]:
        parts += [heading("Can't be read", layout), _people(by_result["invalid"]), ""]
    if placement.one_more_seat:
        told = placement.one_more_seat[:_TOLD]
        parts += [heading("Where one more seat would help most", layout), bullets(map(_more, told)), ""]
    if placement.totals.placed:
        parts += [heading("Against first come, first served", layout), _compared(placement), ""]
    parts += [paragraphs(_LEGEND), "", closing(placement.notices)]
    return draw(parts, layout)


def _seats(placement: Placement) -> str:
    if not placement.tracks:
        return "No track lists an open seat that can be counted on."
    seats = f"{placement.seats:,} open seat{'' if placement.seats == 1 else 's'}"
    return f"{seats} can be counted on, in {placement.tracks:,} track{'' if placement.tracks == 1 else 's'}."


def _people(found: Iterable[Assignment]) -> Table:
    from rich.table import Table

    grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
    grid.add_column(width=_LABEL_WIDTH, overflow="fold")
    grid.add_column(width=_PRIORITY_WIDTH, no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    for one in found:
        label = words(one.ref or f"row {one.row}", style="bold")
        grid.add_row(label, words(one.priority), words(*_lines(one)))
    return grid


def _lines(one: Assignment) -> tuple[str, ...]:
    if one.placed is not None:
        return _placed(one.placed)
    if one.waiting is not None:
        return _waiting(one, one.waiting)
    return (one.error or "",)


def _placed(placed: Placed) -> tuple[str, ...]:
    program, virtual = placed.program, placed.option.mode == "virtual"
    level = phrases.LEVEL_NAMES[program.level]
    way = "virtual" if virtual else _way(placed)
    sessions = phrases.sessions(placed.sessions, door_to_door=not virtual)
    phone = phrases.phone(program)
    chosen = f"{placed.score} points, choice {placed.choice} of {placed.choices}"
    better = f"; better, and full: {choices(placed.better)}" if placed.better else ""
    ask = placed.questions[0].ask if placed.questions else ""
    lines = (
        f"{where(program, placed.option)} [{program.id}]",
        " · ".join(part for part in (level, way, f"call {phone}" if phone else "") if part),
        sessions,
        f"{chosen}{better}",
        f"confirm first: {', '.join(placed.confirm)}" if placed.confirm else "",
        f"ask: {ask}" if ask else "",
    )
    return tuple(line for line in lines if line)


def _way(placed: Placed) -> str:
    if placed.distance_miles is None:
        return "in person"
    minutes = f", about {placed.travel_minutes} min" if placed.travel_minutes is not None else ""
    return f"{placed.distance_miles:.1f} mi{minutes} each way"


def _waiting(one: Assignment, waiting: Waiting) -> tuple[str, ...]:
    lines = (
        waiting.text,
        f"if confirmed: {choices(waiting.confirm)}" if waiting.confirm else "",
        f"full: {choices(waiting.full)}" if waiting.full and waiting.reason == "no-open-seat" else "",
        f"lists no seats, call: {choices(waiting.call)}" if waiting.call else "",
        f"nearest: {nearest(one)}" if waiting.nearest is not None else "",
    )
    return tuple(line for line in lines if line)


def _stops(stopped: Sequence[Assignment]) -> Iterable[RenderableType]:
    """Each text once, with everybody it is about."""
    about: dict[SafetyStop, list[str]] = {}
    for one in stopped:
        if one.safety_stop is not None:
            about.setdefault(one.safety_stop, []).append(one.ref or f"row {one.row}")
    for stop, who in about.items():
        yield words(f"{stop.title} ({', '.join(who)})", style="bold red")
        yield paragraphs(stop.text)
        yield ""


def _more(seat: OneMoreSeat) -> tuple[str, ...]:
    listed = "none listed" if not seat.seats_listed else f"{seat.seats_listed} listed"
    counted = f", {seat.seats_counted} counted" if seat.seats_listed else ""
    track = f"{phrases.name(seat.program)}, {seat.track} track [{seat.program.id}]; {listed}{counted}"
    if seat.places is None:
        sure = f"{seat.eligible} more would fit for sure, " if seat.eligible else ""
        return (track, f"nobody more, but {sure}{seat.score:+,} points in all")
    return (track, f"would place one more person ({seat.places}), {seat.score:+,} points in all")


def _compared(placement: Placement) -> Table:
    from rich.table import Table

    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column()
    for _ in range(2):
        grid.add_column(justify="right")
    ours, theirs = placement.totals, placement.first_come
    rows = [("people placed", ours.placed, theirs.placed), ("urgent", ours.urgent, theirs.urgent)]
    rows += [("soon", ours.soon, theirs.soon)] if ours.soon or theirs.soon else []
    rows += [("fit for sure", ours.eligible, theirs.eligible)] if placement.allow_confirm else []
    rows += [("points in all", ours.score, theirs.score)]
    grid.add_row(words(""), words("here", style="bold"), words("first come", style="bold"))
    for label, here, there in rows:
        grid.add_row(words(label), words(f"{here:,}"), words(f"{there:,}"))
    return grid
