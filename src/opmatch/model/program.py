"""A program and its facts, as the engine reads them: shorthand resolved, places located, unknowns kept.

In these types `None` and `Tri.UNKNOWN` mean that the catalog does not say. An empty tuple means a stated,
empty list only where a docstring says so; elsewhere lists that aren't stated are empty and mean unknown.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from opmatch.model.week import Span, Week

Field = Literal["mental-health", "substance-use"]
Level = Literal["op", "iop", "php"]
LEVELS: tuple[Level, ...] = ("op", "iop", "php")
Status = Literal["active", "paused", "closed"]
Mode = Literal["in-person", "virtual"]
AvailabilityStatus = Literal["capacity", "waitlist", "no-capacity", "assessment-required"]
By = Literal["staff", "interpreter"]
Precision = Literal["exact", "zip", "city", "cell"]


class Tri(enum.StrEnum):
    """Yes, no, or not known. Has no truth value on purpose: unknown is not no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        raise TypeError("compare a Tri with Tri.YES or Tri.NO; unknown is not no")


class Point(Struct, frozen=True, gc=False):
    """Degrees, WGS 84."""

    latitude: float
    longitude: float


class Site(Struct, frozen=True, kw_only=True, gc=False):
    """Where the program is. A confidential site has only a state and the centre of a coarse cell."""

    street: str = ""
    city: str = ""
    state: str = ""  # two letters
    zip: str = ""  # five digits
    point: Point | None = None
    precision: Precision | None = None  # how the point was found; None without a point
    confidential: bool = False


class AgeRange(Struct, frozen=True, gc=False):
    """Years, both ends included; `sure` False means the source leaves it open."""

    min: int = 0
    max: int = 200
    sure: bool = True


class Needs(Struct, frozen=True, kw_only=True, gc=False):
    """Vocabulary need ids. `only` limits the program to these needs."""

    specializes: tuple[str, ...] = ()
    treats: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


class Approach(Struct, frozen=True, kw_only=True, gc=False):
    """One way of treating. `offered` NO is a known absence, which no other list can say."""

    id: str
    fidelity: str = ""
    offered: Tri = Tri.YES
    verified: dt.date | None = None


class Populations(Struct, frozen=True, kw_only=True, gc=False):
    """Population ids. `only` limits who may enter; `only_unknown` says that it has to be asked."""

    specializes: tuple[str, ...] = ()
    welcomes: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    only_unknown: bool = False
    excludes: tuple[str, ...] = ()


class Payer(Struct, frozen=True, kw_only=True, gc=False):
    """A payer the program lists. Not said: network and accepting unknown, the payer itself taken."""

    id: str  # "medicaid", "private", "private:aetna", …
    network: Literal["in", "out", "unknown"] = "unknown"
    accepting: Tri = Tri.UNKNOWN  # new clients of this payer
    verified: dt.date | None = None


class Fees(Struct, frozen=True, kw_only=True, gc=False):
    """US dollars a visit."""

    visit: float | None = None
    sliding_scale_from: float | None = None


class Language(Struct, frozen=True, kw_only=True, gc=False):
    """A language other than what goes without saying (English)."""

    id: str  # ISO 639-1 or -3, "ase" for ASL
    by: By = "staff"
    verified: dt.date | None = None


class Session(Struct, frozen=True, gc=False):
    """One block of a track, in minutes of the week on the program's clock."""

    span: Span
    required: bool = True


class Track(Struct, frozen=True, kw_only=True, gc=False):
    """A fixed weekly block. What is None (or empty, for languages) falls back to the program's."""

    id: str
    sessions: tuple[Session, ...]
    seats_open: int | None = None
    seats_as_of: dt.date | None = None
    weeks: int | None = None
    ages: tuple[AgeRange, ...] | None = None
    genders: tuple[str, ...] | None = None
    languages: tuple[Language, ...] | None = None
    in_person: Tri | None = None
    virtual: Tri | None = None
    populations: Populations | None = None
    time_zone: str | None = None


class Appointments(Struct, frozen=True, kw_only=True, gc=False):
    """Hours in which single sessions are booked, on the program's clock; a day not in them is closed."""

    hours: Week
    per_week: int = 1
    session_minutes: int = 50


class OfficeHours(Struct, frozen=True, kw_only=True, gc=False):
    """Opening hours, on the program's clock. A day (0 Monday … 6 Sunday) not in `days` is unknown."""

    hours: Week
    days: tuple[int, ...]


class Availability(Struct, frozen=True, kw_only=True, gc=False):
    status: AvailabilityStatus | None = None
    wait_days: int | None = None
    as_of: dt.date | None = None


class Intake(Struct, frozen=True, kw_only=True, gc=False):
    phone: str = ""
    url: str = ""
    referral: str = ""
    documents: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


class Verified(Struct, frozen=True, kw_only=True, gc=False):
    """When facts were last confirmed: as a whole, and per field name of the catalog format."""

    date: dt.date | None = None
    by: str = ""
    fields: dict[str, dt.date] = {}


class Source(Struct, frozen=True, kw_only=True, gc=False):
    name: str = ""
    record: str = ""


class Origin(Struct, frozen=True, kw_only=True, gc=False):
    """What a catalog says of all its programs (one of them may be complete over other values).

    `payers_over` and `genders_over` are the values its source can express: lists are complete over these
    only. None means over all values, as in a list written by hand.
    """

    name: str
    path: str = ""
    sample: bool = False
    as_of: dt.date | None = None
    payers_over: tuple[str, ...] | None = None
    genders_over: tuple[str, ...] | None = None


Standing = Literal["applied", "caught-up", "source-changed", "no-place", "no-program"]


class Correction(Struct, frozen=True, kw_only=True, gc=False):
    """What somebody found out about one field of one program, kept apart from the catalog it corrects.

    `value`, `was` (what the catalog said then) and `source` (what it says now) are written as in a catalog,
    on one line; "" is not listed. `field` is a path such as "intake.phone" or "payers.medicaid.accepting".
    """

    program: str
    field: str
    value: str
    by: str
    date: dt.date
    who: str = ""
    was: str | None = None  # None where nobody wrote it down
    source: str = ""
    standing: Standing = "applied"
    file: str = ""
    line: int | None = None


class Program(Struct, frozen=True, kw_only=True, gc=False):
    """One level of care at one site, in one or two fields of care.

    `payers` and `genders` None are unknown; stated, they are complete over what the origin can express,
    unless `payers_complete` is False. `ages` None is unknown.
    """

    id: str
    name: str
    origin: Origin
    level: Level
    fields: tuple[Field, ...]
    organization: str = ""
    status: Status = "active"
    in_person: Tri = Tri.UNKNOWN
    virtual: Tri = Tri.UNKNOWN
    licensed_states: tuple[str, ...] | None = None
    site: Site | None = None
    time_zone: str | None = None  # IANA name; from the site's ZIP where not given
    ages: tuple[AgeRange, ...] | None = None
    ages_complete: bool = True
    genders: tuple[str, ...] | None = None
    needs: Needs = Needs()
    approaches: tuple[Approach, ...] = ()
    services: tuple[str, ...] = ()
    populations: Populations = Populations()
    exclusions: tuple[str, ...] | None = None  # safety words; stated: complete
    payers: tuple[Payer, ...] | None = None
    payers_complete: bool = True
    fees: Fees = Fees()
    languages: tuple[Language, ...] = ()
    interpreters: Tri = Tri.UNKNOWN
    supports: tuple[str, ...] = ()  # childcare, transport, wheelchair, … (accessibility is among them)
    tracks: tuple[Track, ...] = ()
    appointments: Appointments | None = None
    office_hours: OfficeHours | None = None
    availability: Availability = Availability()
    intake: Intake = Intake()
    verified: Verified = Verified()
    source: Source = Source()
    accreditation: tuple[str, ...] = ()  # shown, never scored
    notes: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()  # those the facts above already have in them


class CatalogInfo(Struct, frozen=True, kw_only=True):
    """One catalog of those a ranking was made from."""

    name: str
    sha256: str
    programs: int
    sample: bool


class Catalog(Struct, frozen=True, kw_only=True):
    """All programs loaded, in id order, and the catalogs they came from, in the order given."""

    infos: tuple[CatalogInfo, ...]
    programs: Sequence[Program]
    as_of: dt.date | None = None  # the sample's own date, where every catalog is a sample
    corrections: tuple[Correction, ...] = ()  # all that were kept, whether or not they found their program
    lines: dict[str, int] = {}  # program id to the line (1-based) it begins on, as far as reading has told
