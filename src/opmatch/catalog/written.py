"""The catalog format exactly as people write it, shorthand and all; its JSON Schema is made from these types.

A blank (null, an empty list, an empty text where any text will do) says nothing, as if the key weren't there.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from opmatch.catalog.leaves import (
    ApproachId,
    Clock,
    Date,
    Days,
    Dollars,
    Genders,
    LanguageId,
    Latitude,
    Longitude,
    LongText,
    NeedId,
    PayerId,
    PopulationId,
    ProgramId,
    SafetyId,
    ServiceId,
    StateCode,
    SupportId,
    Text,
    TimeZone,
    Tri,
    Url,
    WeekHours,
    Years,
    Zip,
    flag,
    said,
)
from opmatch.model.program import AvailabilityStatus, By, Field, Level, Status

FORMAT_VERSION = 1


class _Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class DeliveryEntry(_Entry, frozen=True):
    """How one can attend, mode by mode."""

    in_person: Tri | None = None
    virtual: Tri | None = None


Delivery = Annotated[
    Literal["in-person", "virtual", "hybrid"] | DeliveryEntry,
    said("How one can attend. hybrid: either way.", mend="write in-person, virtual or hybrid"),
]


class SiteEntry(_Entry, frozen=True):
    """Where the program is. Of a confidential site only the state and a coarse cell of the map are kept."""

    street: Text | None = None
    city: Text | None = None
    state: StateCode | None = None
    zip: Zip | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    confidential: Annotated[bool | None, flag("true where the address must not be known.")] = False


class AgeEntry(_Entry, frozen=True):
    """Ages served, both ends included. sure: false where the source leaves it open."""

    min: Years | None = None
    max: Years | None = None
    sure: Annotated[bool | None, flag("false: to be asked.")] = True


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
    required: Annotated[bool | None, flag("false: may be missed.")] = True


class TrackEntry(_Entry, frozen=True):
    """A fixed weekly block: days with start and end, or sessions. What it states replaces the program's."""

    id: ProgramId
    days: tuple[Days, ...] | Days | None = None
    start: Clock | None = None
    end: Clock | None = None
    sessions: tuple[SessionEntry, ...] | None = None
    seats_open: Annotated[int, said("Open seats.", mend="write a whole number", ge=0, le=10000)] | None = None
    as_of: Date | None = None
    weeks: Annotated[int, said("Length in weeks.", mend="write whole weeks", ge=1, le=520)] | None = None
    ages: Ages | None = None
    genders: Genders | None = None
    languages: Languages | None = None
    delivery: Delivery | None = None
    populations: PopulationsEntry | None = None
    time_zone: TimeZone | None = None


class AppointmentsEntry(_Entry, frozen=True):
    """Hours in which single sessions are booked; days not listed are closed."""

    hours: WeekHours
    per_week: Annotated[int, said("Sessions a week.", 1, mend="write 1 to 7", ge=1, le=7)] | None = None
    session_minutes: (
        Annotated[int, said("Minutes.", 50, mend="write minutes, 5 to 720", ge=5, le=720)] | None
    ) = None


class AvailabilityEntry(_Entry, frozen=True):
    """Whether there is room, how long the wait is, and when that was so."""

    status: AvailabilityStatus | None = None
    wait_days: Annotated[int, said("Days.", 12, mend="write whole days", ge=0, le=3650)] | None = None
    as_of: Date | None = None


class IntakeEntry(_Entry, frozen=True):
    """How one gets in."""

    phone: Text | None = None
    url: Url | None = None
    referral: Annotated[str, said("Who may refer.", "self", "professional", max_length=500)] | None = None
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
        said("Fields of care.", ["mental-health"], mend="write a list such as [mental-health]", min_length=1),
    ]
    level: Annotated[
        Level,
        said("Outpatient, intensive outpatient, partial hospitalization.", mend="write op, iop or php"),
    ]
    organization: Text | None = None
    status: Status | None = None
    delivery: Delivery | None = None
    licensed_states: tuple[StateCode, ...] | None = None
    site: SiteEntry | None = None
    time_zone: TimeZone | None = None
    ages: Ages | None = None
    ages_complete: Annotated[bool | None, flag("false: ages not listed are unknown.")] = True
    genders: Genders | None = None
    needs: NeedsEntry | None = None
    approaches: tuple[ApproachId | ApproachEntry, ...] | None = None
    services: tuple[ServiceId, ...] | None = None
    populations: PopulationsEntry | None = None
    exclusions: tuple[SafetyId, ...] | None = None
    payers: tuple[PayerId | PayerEntry, ...] | None = None
    payers_complete: Annotated[bool | None, flag("false: payers not listed are unknown.")] = True
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
    sample: Annotated[bool | None, flag("true: fictional.")] = False
    as_of: Date | None = None
    expresses: ExpressesEntry | None = None


class CatalogFile(_Entry, frozen=True):
    """A catalog of outpatient mental-health and substance-use programs, read by opmatch."""

    opmatch: Annotated[Literal[1], said("The version of this format.", mend="write opmatch: 1")]
    programs: tuple[ProgramEntry, ...]
    catalog: CatalogEntry | None = None
