"""One fact of a program as a short text; "" where it isn't listed."""

from __future__ import annotations

from collections.abc import Callable

from opmatch.model.clock_text import write_week
from opmatch.model.program import (
    AgeRange,
    Correction,
    Language,
    Payer,
    Populations,
    Program,
    Track,
    Tri,
)
from opmatch.model.week import DAYS, Week
from opmatch.vocabulary.terms import Vocabulary

_OLDEST_AGE = 120  # years; past it, a range has no upper end


def hours(week: Week) -> str:
    return "all week" if week.is_full else ", ".join(write_week(week))


def delivery(program: Program) -> str:
    said = {Tri.YES: "yes", Tri.NO: "no", Tri.UNKNOWN: "ask"}
    return f"in person: {said[program.in_person]}, virtual: {said[program.virtual]}"


def site(program: Program) -> str:
    site = program.site
    if site is None:
        return ""
    if site.confidential:
        return f"confidential, {site.state}".rstrip(", ")
    return ", ".join(part for part in (site.street, site.city, f"{site.state} {site.zip}".strip()) if part)


def ages(ranges: tuple[AgeRange, ...] | None, *, complete: bool) -> str:
    if ranges is None:
        return ""
    said = [
        (f"{one.min} and over" if one.max >= _OLDEST_AGE else f"{one.min} to {one.max}")
        + ("" if one.sure else " (ask)")
        for one in ranges
    ]
    return ", ".join(said) + ("" if complete else "; others: ask")


def genders(listed: tuple[str, ...] | None, vocabulary: Vocabulary) -> str:
    if listed is None:
        return ""
    if {"female", "male"} <= set(listed):
        return "no limit"
    return ", ".join(vocabulary.label("gender", gender) for gender in listed) + " only"


def needs(program: Program, vocabulary: Vocabulary) -> str:
    listed = program.needs
    return _parts(
        ("specializes in", listed.specializes),
        ("treats", listed.treats),
        ("only", listed.only),
        ("does not treat", listed.excludes),
        label=lambda id_: vocabulary.label("need", id_),
    )


def populations(listed: Populations, vocabulary: Vocabulary) -> str:
    said = _parts(
        ("only", listed.only),
        ("specializes in", listed.specializes),
        ("welcomes", listed.welcomes),
        ("not", listed.excludes),
        label=lambda id_: vocabulary.label("population", id_),
    )
    limit = "ask who may enroll" if listed.only_unknown else "" if listed.only else "open to all"
    return "; ".join(part for part in (limit, said) if part)


def _parts(*parts: tuple[str, tuple[str, ...]], label: Callable[[str], str]) -> str:
    return "; ".join(f"{title} {', '.join(map(label, ids))}" for title, ids in parts if ids)


def approaches(program: Program, vocabulary: Vocabulary) -> str:
    marks = {Tri.YES: "", Tri.NO: " (not offered)", Tri.UNKNOWN: " (ask)"}
    return ", ".join(
        vocabulary.label("approach", approach.id)
        + (f" ({approach.fidelity})" if approach.fidelity else "")
        + marks[approach.offered]
        for approach in program.approaches
    )


def exclusions(program: Program, vocabulary: Vocabulary) -> str:
    if program.exclusions is None:
        return ""
    return ", ".join(vocabulary.label("safety flag", flag) for flag in program.exclusions) or "nobody named"


def payers(listed: tuple[Payer, ...] | None, vocabulary: Vocabulary) -> str:
    if listed is None:
        return ""
    accepting = {Tri.YES: "accepting", Tri.NO: "not accepting", Tri.UNKNOWN: ""}
    network = {"in": "in network", "out": "out of network", "unknown": ""}
    out = []
    for payer in listed:
        marks = [mark for mark in (network[payer.network], accepting[payer.accepting]) if mark]
        out.append(vocabulary.label("payer", payer.id) + (f" ({', '.join(marks)})" if marks else ""))
    return ", ".join(out) or "none"


def fees(program: Program) -> str:
    fees = program.fees
    said = (
        f"${fees.visit:g} a visit" if fees.visit is not None else "",
        f"sliding scale from ${fees.sliding_scale_from:g}" if fees.sliding_scale_from is not None else "",
    )
    return ", ".join(part for part in said if part)


def languages(program: Program, vocabulary: Vocabulary) -> str:
    interpreters = {Tri.YES: "interpreters for others", Tri.NO: "no interpreters", Tri.UNKNOWN: ""}
    parts = (_spoken(program.languages, vocabulary), interpreters[program.interpreters])
    return "; ".join(part for part in parts if part)


def _spoken(listed: tuple[Language, ...], vocabulary: Vocabulary) -> str:
    return ", ".join(
        vocabulary.label("language", one.id) + (" (by interpreter)" if one.by == "interpreter" else "")
        for one in listed
    )


def tracks(program: Program, vocabulary: Vocabulary) -> str:
    return "; ".join(_track(track, vocabulary) for track in program.tracks)


def _track(track: Track, vocabulary: Vocabulary) -> str:
    """When it meets, and whatever it has of its own."""
    modes = {("in person", track.in_person), ("virtual", track.virtual)}
    extras = (
        " and ".join(sorted(mode for mode, offered in modes if offered is Tri.YES)),
        ages(track.ages, complete=True),
        genders(track.genders, vocabulary),
        _spoken(track.languages or (), vocabulary),
        populations(track.populations, vocabulary) if track.populations is not None else "",
        f"{track.weeks} weeks" if track.weeks is not None else "",
        f"{track.seats_open} seats open" if track.seats_open is not None else "",
        f"clock of {track.time_zone}" if track.time_zone is not None else "",
    )
    said = ", ".join(part for part in extras if part)
    times = hours(Week.of(session.span for session in track.sessions))
    return f"{track.id}: {times}" + (f" ({said})" if said else "")


def appointments(program: Program) -> str:
    appointments = program.appointments
    if appointments is None:
        return ""
    return (
        f"{hours(appointments.hours)}; {appointments.per_week} a week of"
        f" {appointments.session_minutes} minutes"
    )


def office_hours(program: Program) -> str:
    """Hours for calling; a day that isn't among those stated is said to be unknown, not closed."""
    office = program.office_hours
    if office is None:
        return ""
    missing = [day for number, day in enumerate(DAYS) if number not in office.days]
    unknown = f"{', '.join(missing)} not listed" if missing else ""
    return "; ".join(part for part in (hours(office.hours), unknown) if part)


def availability(program: Program) -> str:
    availability = program.availability
    wait = availability.wait_days
    parts = (
        (availability.status or "").replace("-", " "),
        f"wait {wait} day{'' if wait == 1 else 's'}" if wait is not None else "",
    )
    return ", ".join(part for part in parts if part)


def verified(program: Program) -> str:
    date = program.verified.date or program.origin.as_of
    if date is None:
        return ""
    return f"{date.isoformat()}{f' by {program.verified.by}' if program.verified.by else ''}"


def source(program: Program) -> str:
    source = program.source
    record = f" record {source.record}" if source.record else ""
    return f"{source.name}{record}".strip() or program.origin.name


def correction(one: Correction, *, fictional: bool) -> str:
    """What was found out, how and by whom, and what the source says; a fictional number is never shown."""
    hidden = fictional and one.field in ("intake", "intake.phone")
    value = "(fictional)" if hidden else one.value or "not known"
    now = "(fictional)" if hidden else one.source or "nothing"
    source = "the source says the same by now" if one.standing == "caught-up" else f"the source says {now}"
    return f"{one.field}: {value}, by {one.by} on {one.date}{f', {one.who}' if one.who else ''}; {source}"
