"""The catalog format exactly as people write it, shorthand and all; its JSON Schema is made from these types.

A blank (null, an empty list, an empty text where any text will do) says nothing, as if the key weren't there.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from opmatch.model.program import AvailabilityStatus, By, Field, Level, Status

FORMAT_VERSION = 1

_CLOCK_PATTERN = r"^([01]?[0-9]|2[0-4]):[0-5][0-9](?!\n)$"
_HOURS_PATTERN = r"^([01]?[0-9]|2[0-4]):[0-5][0-9] ?[-–] ?([01]?[0-9]|2[0-4]):[0-5][0-9](?!\n)$"


def _said(description: str, *examples: Any, mend: str = "", kind: str = "", **limits: Any) -> Meta:
    """What an editor shows, and what a problem tells to write instead; `kind` names a vocabulary."""
    return Meta(
        description=description,
        examples=list(examples) or None,
        extra={"mend": mend},
        extra_json_schema={"x-vocabulary": kind} if kind else None,
        **limits,
    )


Text = Annotated[str, _said("Any text, up to 500 characters.", mend="write a short text", max_length=500)]
LongText = Annotated[
    str, _said("Any text, up to 4,000 characters.", mend="write at most 4,000 characters", max_length=4000)
]
Tri = Annotated[
    bool | Literal["unknown"],
    _said("true, false or unknown; left out is unknown.", mend="write true, false or unknown"),
]
Date = Annotated[
    dt.date, _said("A day, year first.", "2026-10-01", mend="write the day year first, such as 2026-10-01")
]
ProgramId = Annotated[
    str,
    _said(
        "Unique in all catalogs used together: lower-case letters, digits and hyphens.",
        "lakeshore-trauma-iop",
        mend="write lower-case letters, digits and hyphens, such as lakeshore-trauma-iop",
        pattern=r"^[a-z0-9][a-z0-9-]*(?!\n)$",
        max_length=120,
    ),
]
StateCode = Annotated[
    str,
    _said(
        "A state or territory by its two letters.",
        "IL",
        mend="write the two capital letters, such as IL",
        pattern=r"^[A-Z]{2}(?!\n)$",
    ),
]
Zip = Annotated[
    str,
    _said(
        "A ZIP code, five digits in quotes.",
        "02134",
        mend='write five digits in quotes, such as "02134"',
        pattern=r"^[0-9]{5}(?!\n)$",
    ),
]
Clock = Annotated[
    str,
    _said(
        "A time of day, 24 hours, 00:00 to 24:00.",
        "17:30",
        mend='write a time of day in quotes, such as "17:30"',
        pattern=_CLOCK_PATTERN,
    ),
]
Hours = Annotated[
    str,
    _said(
        "From–to, 24 hours; an end before the start is on the next day.",
        "08:00-20:00",
        mend='write from and to, such as "08:00-17:00"',
        pattern=_HOURS_PATTERN,
    ),
]
Days = Annotated[
    str,
    _said(
        "A day or a run of days.", "mon", "mon-thu", mend="write days such as mon or mon-thu", max_length=60
    ),
]
Url = Annotated[
    str,
    _said(
        "A web address.",
        "https://example.org",
        mend="write an address that starts with https:// or http://",
        pattern=r"^https?://[^\s/]+[^\s]*(?!\n)$",
        max_length=500,
    ),
]
TimeZone = Annotated[
    str,
    _said(
        "An IANA time zone; taken from the ZIP where left out.",
        "America/Chicago",
        mend="write a name such as America/Chicago",
        max_length=60,
    ),
]
Years = Annotated[int, _said("Age in years.", 18, mend="write whole years, 0 to 200", ge=0, le=200)]
Dollars = Annotated[
    float, _said("US dollars.", 140, mend="write dollars as a number, such as 140", ge=0, le=100000)
]
Latitude = Annotated[float, _said("Degrees north.", 41.9, mend="write degrees, -90 to 90", ge=-90, le=90)]
Longitude = Annotated[
    float,
    _said("Degrees east; west is negative.", -87.63, mend="write degrees, -180 to 180", ge=-180, le=180),
]


def _flag(description: str) -> Meta:
    return _said(description, mend="write true or false")


def _term(kind: str, description: str, *examples: str) -> Meta:
    return _said(description, *examples, mend=f"write the id of a {kind}", kind=kind, max_length=120)


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
    _said("Hours by day or run of days.", {"mon-thu": "08:00-20:00", "sat": ["09:00-12:00", "13:00-15:00"]}),
]


class _Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class DeliveryEntry(_Entry, frozen=True):
    """How one can attend, mode by mode."""

    in_person: Tri | None = None
    virtual: Tri | None = None


Delivery = Annotated[
    Literal["in-person", "virtual", "hybrid"] | DeliveryEntry,
    _said("How one can attend. hybrid: either way.", mend="write in-person, virtual or hybrid"),
]


class SiteEntry(_Entry, frozen=True):
    """Where the program is. Of a confidential site only the state and a coarse cell of the map are kept."""

    street: Text | None = None
    city: Text | None = None
    state: StateCode | None = None
    zip: Zip | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    confidential: Annotated[bool | None, _flag("true where the address must not be known.")] = False


class AgeEntry(_Entry, frozen=True):
    """Ages served, both ends included. sure: false where the source leaves it open."""

    min: Years | None = None
    max: Years | None = None
    sure: Annotated[bool | None, _flag("false: to be asked.")] = True


Ages = tuple[AgeEntry, ...]


class NeedsEntry(_Entry, frozen=True):
    """What is treated. What isn't listed is unknown, unless `only` limits the program to its list."""

    specializes: tuple[NeedId, ...] | None = None
    treats: tuple[NeedId, ...] | None = None
    excludes: tuple[NeedId, ...] | None = None
    only: tuple[NeedId, ...] | None = None


class ApproachEntry(_Entry, frozen=True):
    """An approach, with how closely it is followed; offered: false says that it is known not to be there."""

    id: ApproachId
    fidelity: Text | None = None
    offered: Tri | None = True
    verified: Date | None = None


class PopulationsEntry(_Entry, frozen=True):
    """For whom the program is. Left out, it is open to all; `only: unknown`: who may enter must be asked."""

    specializes: tuple[PopulationId, ...] | None = None
    welcomes: tuple[PopulationId, ...] | None = None
    only: tuple[PopulationId, ...] | Literal["unknown"] | None = None
    excludes: tuple[PopulationId, ...] | None = None


class PayerEntry(_Entry, frozen=True):
    """A payer, with network and whether new clients of it are taken."""

    id: PayerId
    network: Literal["in", "out", "unknown"] | None = None
    accepting: Tri | None = None
    verified: Date | None = None


class FeesEntry(_Entry, frozen=True):
    """US dollars a visit. `visit` implies the payer self_pay, `sliding_scale_from` implies sliding_scale."""

    visit: Dollars | None = None
    sliding_scale_from: Dollars | None = None


class LanguageEntry(_Entry, frozen=True):
    """A language care is given in, by staff or with an interpreter."""

    id: LanguageId
    by: By | None = None
    verified: Date | None = None


Languages = tuple[LanguageId | LanguageEntry, ...]


class SessionEntry(_Entry, frozen=True):
    """One session of a track whose sessions differ. An end before the start is on the next day."""

    day: Days
    start: Clock
    end: Clock
    required: Annotated[bool | None, _flag("false: may be missed.")] = True


class TrackEntry(_Entry, frozen=True):
    """A fixed weekly block: days with start and end, or sessions. What it states replaces the program's."""

    id: ProgramId
    days: tuple[Days, ...] | Days | None = None
    start: Clock | None = None
    end: Clock | None = None
    sessions: tuple[SessionEntry, ...] | None = None
    seats_open: Annotated[int, _said("Open seats.", mend="write a whole number", ge=0, le=10000)] | None = (
        None
    )
    as_of: Date | None = None
    weeks: Annotated[int, _said("Length in weeks.", mend="write whole weeks", ge=1, le=520)] | None = None
    ages: Ages | None = None
    genders: Genders | None = None
    languages: Languages | None = None
    delivery: Delivery | None = None
    populations: PopulationsEntry | None = None
    time_zone: TimeZone | None = None


class AppointmentsEntry(_Entry, frozen=True):
    """Hours in which single sessions are booked; days not listed are closed."""

    hours: WeekHours
    per_week: Annotated[int, _said("Sessions a week.", 1, mend="write 1 to 7", ge=1, le=7)] | None = None
    session_minutes: (
        Annotated[int, _said("Minutes.", 50, mend="write minutes, 5 to 720", ge=5, le=720)] | None
    ) = None


class AvailabilityEntry(_Entry, frozen=True):
    """Whether there is room, how long the wait is, and when that was so."""

    status: AvailabilityStatus | None = None
    wait_days: Annotated[int, _said("Days.", 12, mend="write whole days", ge=0, le=3650)] | None = None
    as_of: Date | None = None


class IntakeEntry(_Entry, frozen=True):
    """How one gets in."""

    phone: Text | None = None
    url: Url | None = None
    referral: Annotated[str, _said("Who may refer.", "self", "professional", max_length=500)] | None = None
    documents: tuple[Text, ...] | None = None
    steps: tuple[Text, ...] | None = None


class VerifiedEntry(_Entry, frozen=True):
    """When the facts were last confirmed, as a whole and by key of the program."""

    date: Date | None = None
    by: Text | None = None
    fields: dict[Annotated[str, Meta(max_length=60)], Date] | None = None


class SourceEntry(_Entry, frozen=True):
    """The record this program was made from."""

    name: Text | None = None
    record: Text | None = None


class ExpressesEntry(_Entry, frozen=True):
    """The values the source can express: its lists say nothing about others. Left out: all.

    Stated for the catalog, and for a program where its list is complete over other values than that.
    """

    payers: tuple[PayerId, ...] | None = None
    genders: Genders | None = None


class ProgramEntry(_Entry, frozen=True):
    """One level of care at one site, in one or two fields of care."""

    id: ProgramId
    name: Annotated[Text, Meta(min_length=1)]
    field: Annotated[
        tuple[Field, ...],
        _said(
            "Fields of care.", ["mental-health"], mend="write a list such as [mental-health]", min_length=1
        ),
    ]
    level: Annotated[
        Level,
        _said("Outpatient, intensive outpatient, partial hospitalization.", mend="write op, iop or php"),
    ]
    organization: Text | None = None
    status: Status | None = None
    delivery: Delivery | None = None
    licensed_states: tuple[StateCode, ...] | None = None
    site: SiteEntry | None = None
    time_zone: TimeZone | None = None
    ages: Ages | None = None
    ages_complete: Annotated[bool | None, _flag("false: ages not listed are unknown.")] = True
    genders: Genders | None = None
    needs: NeedsEntry | None = None
    approaches: tuple[ApproachId | ApproachEntry, ...] | None = None
    services: tuple[ServiceId, ...] | None = None
    populations: PopulationsEntry | None = None
    exclusions: tuple[SafetyId, ...] | None = None
    payers: tuple[PayerId | PayerEntry, ...] | None = None
    payers_complete: Annotated[bool | None, _flag("false: payers not listed are unknown.")] = True
    expresses: ExpressesEntry | None = None  # where this program's lists are complete over other values
    fees: FeesEntry | None = None
    languages: Languages | None = None
    interpreters: Tri | None = None
    accessibility: tuple[SupportId, ...] | None = None
    supports: tuple[SupportId, ...] | None = None
    tracks: tuple[TrackEntry, ...] | None = None
    appointments: AppointmentsEntry | None = None
    office_hours: WeekHours | None = None
    availability: AvailabilityEntry | None = None
    intake: IntakeEntry | None = None
    verified: VerifiedEntry | None = None
    source: SourceEntry | None = None
    accreditation: tuple[Text, ...] | None = None
    notes: tuple[LongText, ...] | None = None


class CatalogEntry(_Entry, frozen=True):
    """What holds for all programs of the file."""

    name: Text | None = None
    sample: Annotated[bool | None, _flag("true: fictional.")] = False
    as_of: Date | None = None
    expresses: ExpressesEntry | None = None


class CatalogFile(_Entry, frozen=True):
    """A catalog of outpatient mental-health and substance-use programs, read by opmatch."""

    opmatch: Annotated[Literal[1], _said("The version of this format.", mend="write opmatch: 1")]
    programs: tuple[ProgramEntry, ...]
    catalog: CatalogEntry | None = None
