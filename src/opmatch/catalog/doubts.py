"""The rules of `opmatch catalog check`, each a small function from a program to doubts about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from msgspec import Struct

from opmatch.model.program import Program, Track, Tri
from opmatch.model.week import MINUTES_PER_WEEK, clock, day_of
from opmatch.places.distance import miles_between
from opmatch.places.lookup import ZipPlace
from opmatch.vocabulary.terms import Vocabulary

_MINUTES_PER_HOUR = 60
_ADULT = 18


class Around(Struct, frozen=True, kw_only=True):
    """What rules look a program up in."""

    vocabulary: Vocabulary
    zips: Mapping[str, ZipPlace]
    as_of: dt.date
    limits: Mapping[str, Any]  # check.yaml


class Doubt(Struct, frozen=True):
    """What seems wrong at a path of a program ("tracks[0]", "site.zip"), and what to do about it."""

    path: str
    message: str
    mend: str = ""


def limits() -> Mapping[str, Any]:
    """The numbers of check.yaml."""
    from opmatch import shipped

    found: Mapping[str, Any] = shipped.yaml_document("catalog/check.yaml")
    return found


def weekly_hours(program: Program, around: Around) -> Iterator[Doubt]:
    """A track with fewer or more hours than its level of care is known for."""
    bounds = around.limits["weekly_hours"].get(program.level)
    if bounds is None:
        return
    for path, track in _tracks(program):
        hours = sum(s.span[1] - s.span[0] for s in track.sessions) / _MINUTES_PER_HOUR
        least: float | None = bounds["least"]
        if _for_minors(program, track):
            least = bounds.get("least_under_18")
        if least is not None and hours < least:
            message = f"has {hours:g} hours a week; {program.level.upper()} has {least} or more"
            yield Doubt(path, message, "check the times and the level")
        elif "most" in bounds and hours > bounds["most"]:
            message = f"has {hours:g} hours a week; {program.level.upper()} has {bounds['most']} at most"
            yield Doubt(path, message, "check the times and the level")


def session_overlap(program: Program, around: Around) -> Iterator[Doubt]:
    """Two sessions of one track at the same time."""
    del around
    for path, track in _tracks(program):
        spans = [session.span for session in track.sessions]
        again = [(start + MINUTES_PER_WEEK, end + MINUTES_PER_WEEK) for start, end in spans[:1]]
        for one, other in pairwise(spans + again if len(spans) > 1 else []):
            if other[0] < one[1]:
                at = f"{day_of(other[0])} {clock(other[0])}"
                yield Doubt(path, f"has sessions that overlap at {at}", "check days and times")


def session_length(program: Program, around: Around) -> Iterator[Doubt]:
    """A session longer than a day of care."""
    most = around.limits["session_hours"]["most"]
    for path, track in _tracks(program):
        longest = max((s.span[1] - s.span[0] for s in track.sessions), default=0) / _MINUTES_PER_HOUR
        if longest > most:
            yield Doubt(path, f"has a session of {longest:g} hours", "check start and end")


def no_required_session(program: Program, around: Around) -> Iterator[Doubt]:
    """A track nobody has to come to."""
    del around
    for path, track in _tracks(program):
        if not any(session.required for session in track.sessions):
            yield Doubt(path, "has no required session, so that it fits anybody", "say which are required")


def zip_unknown(program: Program, around: Around) -> Iterator[Doubt]:
    """A ZIP the table doesn't have."""
    site = program.site
    if site is not None and site.zip and site.zip not in around.zips:
        place = "" if site.point else ", so that nobody can be sent there by distance"
        yield Doubt("site.zip", f"{site.zip} isn't a known ZIP code{place}", "check it, or give coordinates")


def zip_state(program: Program, around: Around) -> Iterator[Doubt]:
    """A ZIP in another state than the site says."""
    site = program.site
    known = around.zips.get(site.zip) if site else None
    if site is not None and known is not None and site.state and known.state != site.state:
        yield Doubt("site.zip", f"{site.zip} is in {known.state}, the site in {site.state}", "check both")


def zip_distance(program: Program, around: Around) -> Iterator[Doubt]:
    """Coordinates far from the site's own ZIP."""
    site = program.site
    known = around.zips.get(site.zip) if site else None
    if site is None or site.point is None or site.precision != "exact" or known is None:
        return
    miles = miles_between(site.point, known.point)
    if miles > around.limits["miles_from_zip"]["most"]:
        yield Doubt("site", f"lies {miles:.0f} miles from its ZIP {site.zip}", "check the coordinates")


def no_way_to_attend(program: Program, around: Around) -> Iterator[Doubt]:
    """Neither in person nor virtual, or in person nobody knows where."""
    del around
    if program.in_person is Tri.NO and program.virtual is Tri.NO:
        yield Doubt("delivery", "is neither in person nor virtual", "say how one can attend")
    elif program.in_person is Tri.YES and program.site is None:
        yield Doubt("site", "is missing, and care is in person", "add city, state and ZIP")


def virtual_licence(program: Program, around: Around) -> Iterator[Doubt]:
    """Virtual care with no word on where it may be given."""
    del around
    if program.virtual is Tri.YES and program.licensed_states is None:
        yield Doubt("licensed_states", "is missing, and care is virtual", "list the states, such as [IL, WI]")


def contradiction(program: Program, around: Around) -> Iterator[Doubt]:
    """What is taken in one list and turned away in another."""
    needs, people = program.needs, program.populations
    excluded = set(needs.excludes)
    for name in ("specializes", "treats", "only"):
        for need in getattr(needs, name):
            clash = excluded & {need, *around.vocabulary.ancestors(need)}
            for other in sorted(clash):
                yield Doubt("needs", f"{name} {need} and excludes {other}", "take one out")
    for name in ("specializes", "welcomes", "only"):
        for group in getattr(people, name):
            if group in people.excludes:
                yield Doubt("populations", f"{name} {group} and excludes {group}", "take one out")


def unverified(program: Program, around: Around) -> Iterator[Doubt]:
    """Nobody has confirmed anything for too long."""
    days = [program.verified.date, *program.verified.fields.values()]
    known = [day for day in days if day is not None] or (
        [program.origin.as_of] if program.origin.as_of else []
    )
    if not known:
        yield Doubt("verified", "is missing, and the catalog has no as_of", "say when it was last confirmed")
        return
    age = (around.as_of - max(known)).days
    if age > around.limits["days_unverified"]["most"]:
        yield Doubt("verified", f"was last confirmed {age} days ago", "call and confirm")


def future_date(program: Program, around: Around) -> Iterator[Doubt]:
    """A fact from after the day asked about."""
    days = {
        "verified.date": program.verified.date,
        **{f"verified.fields.{name}": day for name, day in program.verified.fields.items()},
        "availability.as_of": program.availability.as_of,
        **{f"{path}.as_of": track.seats_as_of for path, track in _tracks(program)},
        **{f"payers: {payer.id}": payer.verified for payer in program.payers or ()},
    }
    for path, day in days.items():
        if day is not None and day > around.as_of:
            yield Doubt(path, f"is {day}, after {around.as_of}", "check the year")


def no_contact(program: Program, around: Around) -> Iterator[Doubt]:
    """No way to call or write."""
    del around
    if not program.intake.phone and not program.intake.url:
        yield Doubt("intake", "has neither phone nor url", "add one")


def _tracks(program: Program) -> list[tuple[str, Track]]:
    return [(f"tracks[{index}]", track) for index, track in enumerate(program.tracks)]


def _for_minors(program: Program, track: Track) -> bool:
    ages = program.ages if track.ages is None else track.ages
    return ages is not None and all(span.max < _ADULT for span in ages)
