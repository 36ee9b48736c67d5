"""One program as written to one program as meant."""

from __future__ import annotations

import difflib

from msgspec import structs

from opmatch.catalog.flaw import Flaw, Path
from opmatch.catalog.resolve import lists
from opmatch.catalog.resolve.hours import track_sessions, week_hours
from opmatch.catalog.resolve.scope import Scope, one_line
from opmatch.catalog.resolve.sites import site, state_code
from opmatch.catalog.written import (
    AppointmentsEntry,
    AvailabilityEntry,
    Delivery,
    IntakeEntry,
    ProgramEntry,
    SourceEntry,
    TrackEntry,
    VerifiedEntry,
)
from opmatch.model.program import (
    Appointments,
    Availability,
    Intake,
    Needs,
    OfficeHours,
    Origin,
    Populations,
    Program,
    Source,
    Track,
    Tri,
    Verified,
)

_MODES = {"in-person": (Tri.YES, Tri.NO), "virtual": (Tri.NO, Tri.YES), "hybrid": (Tri.YES, Tri.YES)}
_KEYS = ProgramEntry.__struct_fields__


def resolve(
    entry: ProgramEntry, origin: Origin, at: Path, scope: Scope
) -> tuple[Program | None, tuple[Flaw, ...]]:
    """The program meant by `entry`, which is at `at` in its file; where there are flaws, None and these."""
    place, zone = site(entry.site, (*at, "site"), scope) if entry.site else (None, None)
    in_person, virtual = _delivery(entry.delivery)
    price = lists.fees(entry.fees)
    listed = lists.payers(entry.payers, (*at, "payers"), scope)
    payers, payers_complete = lists.with_fees(listed, price, entry.payers_complete is not False, scope)
    supports = (
        *scope.terms("support", entry.supports, (*at, "supports")),
        *scope.terms("support", entry.accessibility, (*at, "accessibility")),
    )
    tracks = tuple(_track(track, (*at, "tracks", i), scope) for i, track in enumerate(entry.tracks or ()))
    _refuse_repeated_tracks(tracks, at, scope)
    program = Program(
        id=entry.id,
        name=one_line(entry.name),
        origin=_origin(entry, origin, at, scope),
        level=entry.level,
        fields=tuple(dict.fromkeys(entry.field)),
        organization=one_line(entry.organization),
        status=entry.status or "active",
        in_person=in_person,
        virtual=virtual,
        licensed_states=_states(entry.licensed_states, (*at, "licensed_states"), scope),
        site=place,
        time_zone=_zone(entry.time_zone, (*at, "time_zone"), scope) or zone,
        ages=lists.ages(entry.ages, (*at, "ages"), scope),
        ages_complete=entry.ages_complete is not False,
        genders=scope.terms("gender", entry.genders, (*at, "genders")) or None,
        needs=lists.needs(entry.needs, (*at, "needs"), scope) if entry.needs else Needs(),
        approaches=lists.approaches(entry.approaches, (*at, "approaches"), scope),
        services=scope.terms("service", entry.services, (*at, "services")),
        populations=_populations(entry, at, scope) or Populations(),
        exclusions=scope.terms("safety flag", entry.exclusions, (*at, "exclusions")) or None,
        payers=payers,
        payers_complete=payers_complete,
        fees=price,
        languages=lists.languages(entry.languages, (*at, "languages"), scope),
        interpreters=lists.tri(entry.interpreters),
        supports=tuple(dict.fromkeys(supports)),
        tracks=tracks,
        appointments=_appointments(entry.appointments, (*at, "appointments"), scope),
        office_hours=_office_hours(entry, (*at, "office_hours"), scope),
        availability=_availability(entry.availability, (*at, "availability"), scope),
        intake=_intake(entry.intake),
        verified=_verified(entry.verified, (*at, "verified"), scope),
        source=_source(entry.source),
        accreditation=_texts(entry.accreditation),
        notes=_texts(entry.notes),
    )
    if not program.name:
        scope.flaw((*at, "name"), "is blank", "write the name of the program")
    flaws = scope.take_flaws()
    return (None, flaws) if flaws else (program, ())


def _origin(entry: ProgramEntry, origin: Origin, at: Path, scope: Scope) -> Origin:
    """The catalog's origin, or with other values to be complete over where this program states them."""
    over = entry.expresses
    if over is None:
        return origin

    def make() -> Origin:
        payers = scope.terms("payer", over.payers, (*at, "expresses", "payers"))
        genders = scope.terms("gender", over.genders, (*at, "expresses", "genders"))
        return structs.replace(
            origin,
            payers_over=payers or origin.payers_over,
            genders_over=genders or origin.genders_over,
        )

    return scope.shared((origin, over), make)


def _delivery(written: Delivery | None) -> tuple[Tri, Tri]:
    if written is None:
        return Tri.UNKNOWN, Tri.UNKNOWN
    if isinstance(written, str):
        return _MODES[written]
    return lists.tri(written.in_person), lists.tri(written.virtual)


def _track(entry: TrackEntry, at: Path, scope: Scope) -> Track:
    in_person: Tri | None
    virtual: Tri | None
    if entry.delivery is None or isinstance(entry.delivery, str):
        in_person, virtual = (None, None) if entry.delivery is None else _MODES[entry.delivery]
    else:  # a mode it doesn't speak of is the program's
        in_person = None if entry.delivery.in_person is None else lists.tri(entry.delivery.in_person)
        virtual = None if entry.delivery.virtual is None else lists.tri(entry.delivery.virtual)
    populations = entry.populations
    return Track(
        id=entry.id,
        sessions=track_sessions(entry, at, scope),
        seats_open=entry.seats_open,
        seats_as_of=scope.day(entry.as_of, (*at, "as_of")),
        weeks=entry.weeks,
        ages=lists.ages(entry.ages, (*at, "ages"), scope),
        genders=scope.terms("gender", entry.genders, (*at, "genders")) or None,
        languages=lists.languages(entry.languages, (*at, "languages"), scope) or None,
        in_person=in_person,
        virtual=virtual,
        populations=lists.populations(populations, (*at, "populations"), scope) if populations else None,
        time_zone=_zone(entry.time_zone, (*at, "time_zone"), scope),
    )


def _refuse_repeated_tracks(tracks: tuple[Track, ...], at: Path, scope: Scope) -> None:
    first: dict[str, int] = {}
    for index, track in enumerate(tracks):
        if first.setdefault(track.id, index) != index:
            message = f"is {track.id!r}, as tracks[{first[track.id]}].id is"
            scope.flaw((*at, "tracks", index, "id"), message, "give each track an id of its own")


def _states(codes: tuple[str, ...] | None, at: Path, scope: Scope) -> tuple[str, ...] | None:
    if not codes:
        return None

    def make() -> tuple[str, ...]:
        return tuple(dict.fromkeys(state_code(code, (*at, i), scope) for i, code in enumerate(codes)))

    return scope.shared(("states", codes), make)


def _zone(name: str | None, at: Path, scope: Scope) -> str | None:
    """A time zone's name, with a flaw where there is no such zone."""
    if not name:
        return None

    def make() -> str:
        from zoneinfo import ZoneInfo, available_timezones

        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):  # what looks like a path, a folder, a file of another kind
            near = difflib.get_close_matches(name, sorted(available_timezones()), n=1, cutoff=0.8)
            mend = f"did you mean {near[0]}?" if near else "write a name such as America/Chicago"
            scope.flaw(at, f"no time zone is called {name!r}", mend)
        return name

    return scope.shared(("time zone", name), make)


def _populations(entry: ProgramEntry, at: Path, scope: Scope) -> Populations | None:
    if entry.populations is None:
        return None
    return lists.populations(entry.populations, (*at, "populations"), scope)


def _appointments(entry: AppointmentsEntry | None, at: Path, scope: Scope) -> Appointments | None:
    if entry is None:
        return None
    if not entry.hours:
        scope.flaw((*at, "hours"), "is blank", "leave appointments out where their hours aren't known")
        return None
    hours, _days = week_hours(entry.hours, (*at, "hours"), scope)
    standard = Appointments(hours=hours)
    return Appointments(
        hours=hours,
        per_week=entry.per_week or standard.per_week,
        session_minutes=entry.session_minutes or standard.session_minutes,
    )


def _office_hours(entry: ProgramEntry, at: Path, scope: Scope) -> OfficeHours | None:
    if not entry.office_hours:
        return None
    hours, days = week_hours(entry.office_hours, at, scope)
    return OfficeHours(hours=hours, days=days)


def _availability(entry: AvailabilityEntry | None, at: Path, scope: Scope) -> Availability:
    if entry is None:
        return Availability()
    day = scope.day(entry.as_of, (*at, "as_of"))
    return Availability(status=entry.status, wait_days=entry.wait_days, as_of=day)


def _intake(entry: IntakeEntry | None) -> Intake:
    if entry is None:
        return Intake()
    return Intake(
        phone=one_line(entry.phone),
        url=entry.url or "",
        referral=one_line(entry.referral),
        documents=_texts(entry.documents),
        steps=_texts(entry.steps),
    )


def _verified(entry: VerifiedEntry | None, at: Path, scope: Scope) -> Verified:
    if entry is None:
        return Verified()
    days = {}
    for name, day in (entry.fields or {}).items():
        here = (*at, "fields", name)
        if name.partition(".")[0] not in _KEYS:
            near = difflib.get_close_matches(name, _KEYS, n=1, cutoff=0.6)
            mend = f"did you mean {near[0]}?" if near else "write a key of the program, such as availability"
            scope.flaw(here, "is not a key of a program", mend)
        scope.day(day, here)
        days[name] = day
    return Verified(date=scope.day(entry.date, (*at, "date")), by=one_line(entry.by), fields=days)


def _source(entry: SourceEntry | None) -> Source:
    if entry is None:
        return Source()
    return Source(name=one_line(entry.name), record=one_line(entry.record))


def _texts(texts: tuple[str, ...] | None) -> tuple[str, ...]:
    return tuple(line for line in map(one_line, texts or ()) if line)
