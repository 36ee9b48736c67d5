"""One program as plain data in the words of the catalog format, with the age of its facts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from opmatch.matching.age import fact_date
from opmatch.model.program import AgeRange, Program, Track, Tri
from opmatch.model.week import MINUTES_PER_DAY, Span, Week, clock, day_of, end_clock

_AGED = (
    "status", "delivery", "licensed_states", "site", "ages", "genders", "needs", "approaches", "services",
    "populations", "exclusions", "payers", "fees", "languages", "supports", "tracks", "appointments",
    "availability", "intake",
)  # fmt: skip
_TRI: dict[Tri, bool | str] = {Tri.YES: True, Tri.NO: False, Tri.UNKNOWN: "unknown"}


def program_data(program: Program, as_of: dt.date) -> dict[str, Any]:
    """The program as JSON-ready data; unknown is null. Its first keys are those of a match's program."""
    plain: dict[str, Any] = msgspec.to_builtins(program)
    origin = plain.pop("origin")
    out: dict[str, Any] = {
        "id": program.id,
        "name": program.name,
        "organization": program.organization,
        "field": list(program.fields),
        "level": program.level,
        "delivery": {"in_person": _TRI[program.in_person], "virtual": _TRI[program.virtual]},
        "site": _site(program),
        "phone": "" if program.origin.sample else program.intake.phone,
        "url": program.intake.url,
        "source": plain.pop("source"),
        "verified": plain["verified"]["date"],
        "fictional": program.origin.sample,
    }
    for key in ("fields", "in_person", "virtual", "site"):
        plain.pop(key)
    out["verified_by"] = plain["verified"]["by"]
    out["verified_fields"] = dict(sorted(plain.pop("verified")["fields"].items()))
    out |= {key: value for key, value in plain.items() if key not in out}
    out["ages"] = _ages(program.ages)
    out["interpreters"] = _TRI[program.interpreters]
    out["approaches"] = [item | {"offered": _loose(item["offered"])} for item in plain["approaches"]]
    if program.payers is not None:
        out["payers"] = [item | {"accepting": _loose(item["accepting"])} for item in plain["payers"]]
    out["tracks"] = [_track(track) for track in program.tracks]
    if program.appointments is not None:
        out["appointments"]["hours"] = _week(program.appointments.hours)
    if program.office_hours is not None:
        out["office_hours"] = _week(program.office_hours.hours)
    if program.origin.sample:
        out["intake"] = out["intake"] | {"phone": ""}
        out["corrections"] = [
            one | ({"value": "", "was": "", "source": ""} if one["field"].startswith("intake") else {})
            for one in out["corrections"]
        ]
    out["catalog"] = {"name": origin["name"], "as_of": origin["as_of"]}
    own = {"availability": program.availability.as_of}
    out["fact_age_days"] = {
        name: max(0, (as_of - date).days)
        for name in _AGED
        if (date := fact_date(program, own.get(name), name)) is not None
    }
    return out


def _site(program: Program) -> dict[str, Any] | None:
    site = program.site
    if site is None:
        return None
    point = site.point
    return {
        "street": site.street,
        "city": site.city,
        "state": site.state,
        "zip": site.zip,
        "latitude": point.latitude if point else None,
        "longitude": point.longitude if point else None,
        "precision": site.precision,
        "confidential": site.confidential,
    }


def _loose(tri: str) -> bool | str:
    return _TRI[Tri(tri)]


def _ages(ages: tuple[AgeRange, ...] | None) -> list[dict[str, Any]] | None:
    return None if ages is None else msgspec.to_builtins(list(ages))


def _track(track: Track) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(track)
    plain["sessions"] = [_block(session.span) | {"required": session.required} for session in track.sessions]
    for key, tri in (("in_person", track.in_person), ("virtual", track.virtual)):
        plain[key] = None if tri is None else _TRI[tri]
    return plain


def _block(span: Span) -> dict[str, Any]:
    return {"day": day_of(span[0]), "start": clock(span[0]), "end": end_clock(span[1])}


def _week(week: Week) -> list[dict[str, Any]]:
    """Blocks in order; a full week is one a day."""
    if week.is_full:
        days = range(0, 7 * MINUTES_PER_DAY, MINUTES_PER_DAY)
        return [_block((start, start + MINUTES_PER_DAY)) for start in days]
    return [_block(span) for span in week.spans]
