"""Gates about time: the weekly schedule and whether there is room soon enough."""

from __future__ import annotations

import datetime as dt

from opmatch.matching.capacity import Room, room
from opmatch.matching.case import Case
from opmatch.matching.timetable import session_fits
from opmatch.matching.timing import Timing, timing, windows
from opmatch.matching.verdict import Relax, Said, Verdict, met, not_met, unknown
from opmatch.matching.ways import Way
from opmatch.matching.words import about_minutes, blocks, counted, free_on, span_words
from opmatch.model.clock_text import write_week
from opmatch.model.week import Week, day_of

ASK_HOURS = "On which days and at what times would sessions be?"


def schedule(case: Case, way: Way) -> Verdict:
    free = case.request.when
    assert free is not None
    found = timing(case, way, free)
    if found.state == "met":
        return met(lambda: Said(_fits(way, found)))
    if found.state == "unknown":
        return unknown(lambda: _not_known(way, found))
    return not_met(lambda: _does_not_fit(way, found, free), lambda: _widen(case, found, free))


def _widen(case: Case, found: Timing, free: Week) -> Relax | None:
    needed = windows(found, free)
    return more_time(case, free.union(needed)) if needed else None


def more_time(case: Case, wider: Week) -> Relax:
    """The change of free time to `wider`, which holds the free time asked with."""
    assert case.request.when is not None
    minutes = wider.minutes - case.request.when.minutes
    return Relax({"when": list(write_week(wider))}, minutes / case.formula.moves["when"], wider)


def _fits(way: Way, found: Timing) -> str:
    drive = f", {about_minutes(found.travel)} each way included" if found.travel else ""
    if found.known == "track":
        track = way.track_id
        return f"{track} track, {blocks(found.sessions)}, fits with {found.spare} min to spare{drive}"
    assert found.bookable is not None
    each = f"{counted(found.needed, 'session')} of {found.bookable.minutes} min a week"
    return f"{each} can be booked within its {found.known} and your free time{drive}"


def _not_known(way: Way, found: Timing) -> Said:
    if found.known == "nothing":
        return Said("does not say when sessions are", "your free time", "not said", ASK_HOURS)
    if found.known == "opening hours":
        level = way.program.level.upper()
        return Said(
            f"lists opening hours only, not when its {level} sessions are",
            "your free time",
            "opening hours",
            ASK_HOURS,
        )
    return Said(
        "does not give its hours for every day",
        "your free time",
        "some days not said",
        "Which hours do you have on the days your listing leaves out?",
    )


def _does_not_fit(way: Way, found: Timing, free: Week) -> Said:
    drive = f" with {about_minutes(found.travel)} of travel each way" if found.travel else ""
    if found.known == "track":
        missed = [one for one in found.sessions if not session_fits(free, one, found.travel)]
        first = missed[0]
        door_to_door = span_words((first[0] - found.travel, first[1] + found.travel))
        needs = f": needs {door_to_door}" if found.travel else ""
        reason = (
            f"{way.track_id} track meets {span_words(first)}{drive}{needs}, {free_on(free, day_of(first[0]))}"
        )
        if len(missed) > 1:
            reason += f"; {len(missed)} of {len(found.sessions)} sessions don't fit"
        return Said(reason, "your free time", blocks(found.sessions))
    assert found.bookable is not None
    each = f"{counted(found.needed, 'session')} of {found.bookable.minutes} min on separate days"
    return Said(
        f"{each} can't be held within its {found.known} and your free time{drive}",
        "your free time",
        f"{found.fitting} of {found.needed} fit",
    )


def capacity(case: Case, way: Way) -> Verdict:
    found = room(case, way)
    start_by = case.request.start_by
    ask = "When could a new client start?"
    wanted = f"start by {start_by}" if start_by else "room for a new client"
    if found is None:
        if start_by is None:
            return met(lambda: Said("does not say how long the wait is; no start date was asked"))
        return unknown(lambda: Said("does not say how long the wait is", wanted, "not said", ask))
    said = f"listed {found.words}, {found.age}"
    if found.full:
        return _full(case, found, said, wanted, ask)
    if start_by is None:
        return met(lambda: Said(said))
    if found.stale or found.wait is None:
        why = "too old to rely on" if found.stale else "no start date given"
        return unknown(lambda: Said(f"{said}: {why}", wanted, found.words, ask))
    start = case.request.as_of + dt.timedelta(days=found.wait)
    if start <= start_by:
        return met(lambda: Said(f"{said}: a start by {start} is in time"))
    late = (start - start_by).days
    return not_met(
        lambda: Said(f"{said}: a start about {start} is after {start_by}", wanted, f"about {start}"),
        lambda: Relax({"start_by": start.isoformat()}, late / case.formula.moves["start_by"]),
    )


def _full(case: Case, found: Room, said: str, wanted: str, ask: str) -> Verdict:
    # Full or no longer full, somebody who would wait for any length of time can be taken.
    if case.request.waitlist and case.request.start_by is None:
        return met(lambda: Said(f"{said}; a place on a waitlist will do"))
    if found.stale:
        return unknown(lambda: Said(f"{said}: may have changed since", wanted, found.words, ask))
    if not case.request.waitlist:
        return not_met(
            lambda: Said(said, wanted, found.words),
            lambda: Relax({"waitlist": True}, case.formula.moves["waitlist"]),
        )
    return unknown(lambda: Said(f"{said}; how long its waitlist is, is not said", wanted, found.words, ask))
