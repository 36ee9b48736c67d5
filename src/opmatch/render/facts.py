"""What a catalog says of a program, as labelled lines with the age of each; blanks are said to be blanks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import NamedTuple

from opmatch.matching.age import fact_date
from opmatch.model.clock_text import write_week
from opmatch.model.program import AgeRange, Language, Needs, Payer, Populations, Program, Tri
from opmatch.model.week import DAYS, Week
from opmatch.render.phrases import FIELD_NAMES, LEVEL_NAMES
from opmatch.vocabulary.terms import Kind, Vocabulary

NOT_LISTED = "not listed: ask"
_WELCOME = ("web", "referral", "bring", "steps", "accreditation", "notes")
"""Labels that are good to have and that nobody needs to ask for."""
_OLDEST_AGE = 120  # years; past it, a range has no upper end


class Fact(NamedTuple):
    """A label, what is listed under it ("" where nothing is), and how many days ago that was confirmed."""

    label: str
    text: str
    age_days: int | None

    @property
    def missed(self) -> bool:
        """Whether it isn't listed and worth asking for."""
        return not self.text and self.label not in _WELCOME


def facts(program: Program, vocabulary: Vocabulary, as_of: dt.date) -> tuple[Fact, ...]:
    """Every fact of a program, the same labels in the same order for all programs."""

    def listed(kind: Kind, ids: Iterable[str]) -> str:
        return ", ".join(vocabulary.label(kind, id_) for id_ in ids)

    def fact(label: str, text: str, field: str = "", own: dt.date | None = None) -> Fact:
        date = fact_date(program, own, *([field] if field else []))
        return Fact(label, text, max(0, (as_of - date).days) if text and date else None)

    intake, availability = program.intake, program.availability
    fictional = program.origin.sample
    return (
        fact("checked", _verified(program)),
        Fact("source", _source(program), None),
        Fact("level", LEVEL_NAMES[program.level], None),
        Fact("field", " and ".join(FIELD_NAMES[field] for field in program.fields), None),
        fact("status", program.status, "status"),
        fact("delivery", _delivery(program), "delivery"),
        fact("licensed in", ", ".join(program.licensed_states or ()), "licensed_states"),
        fact("site", _site(program), "site"),
        fact("ages", _ages(program.ages, program.ages_complete), "ages"),
        fact("gender", _genders(program.genders, vocabulary), "genders"),
        fact("needs", _needs(program.needs, vocabulary), "needs"),
        fact("approaches", _approaches(program, vocabulary), "approaches"),
        fact("services", listed("service", program.services), "services"),
        fact("who may enter", _populations(program.populations, vocabulary), "populations"),
        fact("not for", _exclusions(program, vocabulary), "exclusions"),
        fact("payers", _payers(program.payers, vocabulary), "payers"),
        fact("fees", _fees(program), "fees"),
        fact("languages", _languages(program, vocabulary), "languages"),
        fact("supports", listed("support", program.supports), "supports"),
        fact("sessions", _tracks(program), "tracks"),
        fact("appointments", _appointments(program), "appointments"),
        fact("office hours", _office_hours(program), "office_hours"),
        fact("availability", _availability(program), "availability", availability.as_of),
        fact("phone", "none: fictional" if fictional else intake.phone, "intake"),
        fact("web", intake.url, "intake"),
        fact("referral", intake.referral, "intake"),
        fact("bring", ", ".join(intake.documents), "intake"),
        fact("steps", ", ".join(intake.steps), "intake"),
        fact("accreditation", ", ".join(program.accreditation), "accreditation"),
        Fact("notes", "; ".join(program.notes), None),
    )


def age_text(days: int | None) -> str:
    """How long ago, or "" where it isn't known."""
    if days is None:
        return ""
    return "today" if days == 0 else f"{days} day{'' if days == 1 else 's'} ago"


def _hours(week: Week) -> str:
    return "all week" if week.is_full else ", ".join(write_week(week))


def _delivery(program: Program) -> str:
    said = {Tri.YES: "yes", Tri.NO: "no", Tri.UNKNOWN: "ask"}
    return f"in person: {said[program.in_person]}, virtual: {said[program.virtual]}"


def _site(program: Program) -> str:
    site = program.site
    if site is None:
        return ""
    if site.confidential:
        return f"confidential, {site.state}".rstrip(", ")
    return ", ".join(part for part in (site.street, site.city, f"{site.state} {site.zip}".strip()) if part)


def _ages(ages: tuple[AgeRange, ...] | None, complete: bool) -> str:
    if ages is None:
        return ""
    said = [
        (f"{range_.min} and over" if range_.max >= _OLDEST_AGE else f"{range_.min} to {range_.max}")
        + ("" if range_.sure else " (ask)")
        for range_ in ages
    ]
    return ", ".join(said) + ("" if complete else "; others: ask")


def _genders(genders: tuple[str, ...] | None, vocabulary: Vocabulary) -> str:
    if genders is None:
        return ""
    if {"female", "male"} <= set(genders):
        return "no limit"
    return ", ".join(vocabulary.label("gender", gender) for gender in genders) + " only"


def _needs(needs: Needs, vocabulary: Vocabulary) -> str:
    return _parts(
        ("specializes in", needs.specializes),
        ("treats", needs.treats),
        ("only", needs.only),
        ("does not treat", needs.excludes),
        label=lambda id_: vocabulary.label("need", id_),
    )


def _populations(populations: Populations, vocabulary: Vocabulary) -> str:
    said = _parts(
        ("only", populations.only),
        ("specializes in", populations.specializes),
        ("welcomes", populations.welcomes),
        ("not", populations.excludes),
        label=lambda id_: vocabulary.label("population", id_),
    )
    limit = "ask who may enroll" if populations.only_unknown else "" if populations.only else "open to all"
    return "; ".join(part for part in (limit, said) if part)


def _parts(*parts: tuple[str, tuple[str, ...]], label: Callable[[str], str]) -> str:
    return "; ".join(f"{title} {', '.join(map(label, ids))}" for title, ids in parts if ids)


def _approaches(program: Program, vocabulary: Vocabulary) -> str:
    marks = {Tri.YES: "", Tri.NO: " (not offered)", Tri.UNKNOWN: " (ask)"}
    return ", ".join(
        vocabulary.label("approach", approach.id)
        + (f" ({approach.fidelity})" if approach.fidelity else "")
        + marks[approach.offered]
        for approach in program.approaches
    )


def _exclusions(program: Program, vocabulary: Vocabulary) -> str:
    if program.exclusions is None:
        return ""
    return ", ".join(vocabulary.label("safety flag", flag) for flag in program.exclusions) or "nobody named"


def _payers(payers: tuple[Payer, ...] | None, vocabulary: Vocabulary) -> str:
    if payers is None:
        return ""
    accepting = {Tri.YES: "accepting", Tri.NO: "not accepting", Tri.UNKNOWN: ""}
    network = {"in": "in network", "out": "out of network", "unknown": ""}
    out = []
    for payer in payers:
        marks = [mark for mark in (network[payer.network], accepting[payer.accepting]) if mark]
        out.append(vocabulary.label("payer", payer.id) + (f" ({', '.join(marks)})" if marks else ""))
    return ", ".join(out) or "none"


def _fees(program: Program) -> str:
    fees = program.fees
    said = (
        f"${fees.visit:g} a visit" if fees.visit is not None else "",
        f"sliding scale from ${fees.sliding_scale_from:g}" if fees.sliding_scale_from is not None else "",
    )
    return ", ".join(part for part in said if part)


def _languages(program: Program, vocabulary: Vocabulary) -> str:
    def said(language: Language) -> str:
        by = " (by interpreter)" if language.by == "interpreter" else ""
        return vocabulary.label("language", language.id) + by

    interpreters = {Tri.YES: "interpreters for others", Tri.NO: "no interpreters", Tri.UNKNOWN: ""}
    parts = (", ".join(map(said, program.languages)), interpreters[program.interpreters])
    return "; ".join(part for part in parts if part)


def _tracks(program: Program) -> str:
    out = []
    for track in program.tracks:
        extras = [
            _ages(track.ages, True),
            f"{track.weeks} weeks" if track.weeks is not None else "",
            f"{track.seats_open} seats open" if track.seats_open is not None else "",
        ]
        said = ", ".join(part for part in extras if part)
        times = _hours(Week.of(session.span for session in track.sessions))
        out.append(f"{track.id}: {times}" + (f" ({said})" if said else ""))
    return "; ".join(out)


def _appointments(program: Program) -> str:
    appointments = program.appointments
    if appointments is None:
        return ""
    return (
        f"{_hours(appointments.hours)}; {appointments.per_week} a week of"
        f" {appointments.session_minutes} minutes"
    )


def _office_hours(program: Program) -> str:
    """Hours for calling; a day that isn't among those stated is said to be unknown, not closed."""
    office = program.office_hours
    if office is None:
        return ""
    missing = [day for number, day in enumerate(DAYS) if number not in office.days]
    unknown = f"{', '.join(missing)} not listed" if missing else ""
    return "; ".join(part for part in (_hours(office.hours), unknown) if part)


def _availability(program: Program) -> str:
    availability = program.availability
    wait = availability.wait_days
    parts = (
        (availability.status or "").replace("-", " "),
        f"wait {wait} day{'' if wait == 1 else 's'}" if wait is not None else "",
    )
    return ", ".join(part for part in parts if part)


def _verified(program: Program) -> str:
    date = program.verified.date or program.origin.as_of
    if date is None:
        return ""
    return f"{date.isoformat()}{f' by {program.verified.by}' if program.verified.by else ''}"


def _source(program: Program) -> str:
    source = program.source
    record = f" record {source.record}" if source.record else ""
    return f"{source.name}{record}".strip() or program.origin.name
