"""The single values of the catalog format: what each may be, and what editors and problems say of it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from msgspec import Meta

_CLOCK_PATTERN = r"^([01]?[0-9]|2[0-4]):[0-5][0-9](?!\n)$"
_HOURS_PATTERN = r"^([01]?[0-9]|2[0-4]):[0-5][0-9] ?[-–] ?([01]?[0-9]|2[0-4]):[0-5][0-9](?!\n)$"


def said(description: str, *examples: Any, mend: str = "", kind: str = "", **limits: Any) -> Meta:
    """What an editor shows, and what a problem tells to write instead; `kind` names a vocabulary."""
    return Meta(
        description=description,
        examples=list(examples) or None,
        extra={"mend": mend},
        extra_json_schema={"x-vocabulary": kind} if kind else None,
        **limits,
    )


Text = Annotated[str, said("Any text, up to 500 characters.", mend="write a short text", max_length=500)]
LongText = Annotated[
    str, said("Any text, up to 4,000 characters.", mend="write at most 4,000 characters", max_length=4000)
]
Tri = Annotated[
    bool | Literal["unknown"],
    said("true, false or unknown; left out is unknown.", mend="write true, false or unknown"),
]
Date = Annotated[
    dt.date, said("A day, year first.", "2026-10-01", mend="write the day year first, such as 2026-10-01")
]
ProgramId = Annotated[
    str,
    said(
        "Unique in all catalogs used together: lower-case letters, digits and hyphens.",
        "lakeshore-trauma-iop",
        mend="write lower-case letters, digits and hyphens, such as lakeshore-trauma-iop",
        pattern=r"^[a-z0-9][a-z0-9-]*(?!\n)$",
        max_length=120,
    ),
]
StateCode = Annotated[
    str,
    said(
        "A state or territory by its two letters.",
        "IL",
        mend="write the two capital letters, such as IL",
        pattern=r"^[A-Z]{2}(?!\n)$",
    ),
]
Zip = Annotated[
    str,
    said(
        "A ZIP code, five digits in quotes.",
        "02134",
        mend='write five digits in quotes, such as "02134"',
        pattern=r"^[0-9]{5}(?!\n)$",
    ),
]
Clock = Annotated[
    str,
    said(
        "A time of day, 24 hours, 00:00 to 24:00.",
        "17:30",
        mend='write a time of day in quotes, such as "17:30"',
        pattern=_CLOCK_PATTERN,
    ),
]
Hours = Annotated[
    str,
    said(
        "From–to, 24 hours; an end before the start is on the next day.",
        "08:00-20:00",
        mend='write from and to, such as "08:00-17:00"',
        pattern=_HOURS_PATTERN,
    ),
]
Days = Annotated[
    str,
    said(
        "A day or a run of days.", "mon", "mon-thu", mend="write days such as mon or mon-thu", max_length=60
    ),
]
Url = Annotated[
    str,
    said(
        "A web address.",
        "https://example.org",
        mend="write an address that starts with https:// or http://",
        pattern=r"^https?://[^\s/]+[^\s]*(?!\n)$",
        max_length=500,
    ),
]
TimeZone = Annotated[
    str,
    said(
        "An IANA time zone; taken from the ZIP where left out.",
        "America/Chicago",
        mend="write a name such as America/Chicago",
        max_length=60,
    ),
]
Years = Annotated[int, said("Age in years.", 18, mend="write whole years, 0 to 200", ge=0, le=200)]
Dollars = Annotated[
    float, said("US dollars.", 140, mend="write dollars as a number, such as 140", ge=0, le=100000)
]
Latitude = Annotated[float, said("Degrees north.", 41.9, mend="write degrees, -90 to 90", ge=-90, le=90)]
Longitude = Annotated[
    float,
    said("Degrees east; west is negative.", -87.63, mend="write degrees, -180 to 180", ge=-180, le=180),
]


def flag(description: str) -> Meta:
    return said(description, mend="write true or false")


def _term(kind: str, description: str, *examples: str) -> Meta:
    return said(description, *examples, mend=f"write the id of a {kind}", kind=kind, max_length=120)


NeedId = Annotated[str, _term("need", "What someone needs care for.", "ptsd", "depression")]
ApproachId = Annotated[str, _term("approach", "A way of treating.", "emdr", "cpt")]
ServiceId = Annotated[str, _term("service", "What is offered.", "group-therapy")]
PopulationId = Annotated[str, _term("population", "A group of people.", "veterans", "lgbtq")]
PayerId = Annotated[
    str, _term("payer", "Who pays; a plan as private:name.", "medicaid", "private:aetna", "self_pay")
]
LanguageId = Annotated[str, _term("language", "ISO 639 code; ase is American Sign Language.", "es", "ase")]
GenderId = Annotated[str, _term("gender", "Only where a program is limited by it.", "female")]
SupportId = Annotated[str, _term("support", "What helps someone attend.", "childcare", "wheelchair")]
SafetyId = Annotated[str, _term("safety flag", "What this program can't keep safe.", "needs-24h")]

Genders = tuple[GenderId, ...]
WeekHours = Annotated[
    dict[Days, Annotated[str, Meta(max_length=60)] | tuple[Hours, ...]],
    said("Hours by day or run of days.", {"mon-thu": "08:00-20:00", "sat": ["09:00-12:00", "13:00-15:00"]}),
]
