"""A program as the catalog format writes it: what `resolve` reads back as the same program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from opmatch.catalog.hours_written import days_written, sessions_written
from opmatch.model.program import (
    AgeRange,
    Approach,
    Language,
    Origin,
    Payer,
    Populations,
    Program,
    Site,
    Track,
    Tri,
)

Written = dict[str, Any]
"""A program, or a part of one, in the words of the catalog format; days as dates."""

_TRI: Final[dict[Tri | None, bool | None]] = {Tri.YES: True, Tri.NO: False}
_OLDEST: Final = AgeRange().max


def as_written(program: Program) -> Written:
    """`program` with everything that is known of it, corrections included; what is unknown isn't there.

    The phone of a sample program is left out: nobody shall dial a number that was made up.
    """
    sample = program.origin.sample
    intake, verified, fees = program.intake, program.verified, program.fees
    appointments, office = program.appointments, program.office_hours
    return known(
        id=program.id,
        name=program.name,
        field=list(program.fields),
        level=program.level,
        organization=program.organization,
        status=None if program.status == "active" else program.status,
        delivery=known(in_person=_TRI.get(program.in_person), virtual=_TRI.get(program.virtual)),
        licensed_states=program.licensed_states,
        site=_site(program.site),
        time_zone=program.time_zone,
        ages=_ages(program.ages),
        ages_complete=None if program.ages_complete else False,
        genders=program.genders,
        needs=known(
            specializes=program.needs.specializes,
            treats=program.needs.treats,
            excludes=program.needs.excludes,
            only=program.needs.only,
        ),
        approaches=[_approach(one) for one in program.approaches],
        services=program.services,
        populations=_populations(program.populations),
        exclusions=program.exclusions,
        payers=[_payer(one) for one in program.payers or ()],
        payers_complete=None if program.payers_complete else False,
        expresses=known(payers=program.origin.payers_over, genders=program.origin.genders_over),
        fees=known(visit=fees.visit, sliding_scale_from=fees.sliding_scale_from),
        languages=_languages(program.languages),
        interpreters=_TRI.get(program.interpreters),
        supports=program.supports,
        tracks=[_track(one) for one in program.tracks],
        appointments=None
        if appointments is None
        else known(
            hours=days_written(appointments.hours, None),
            per_week=None if appointments.per_week == 1 else appointments.per_week,
            session_minutes=None if appointments.session_minutes == 50 else appointments.session_minutes,
        ),
        office_hours=None if office is None else days_written(office.hours, office.days),
        availability=known(
            status=program.availability.status,
            wait_days=program.availability.wait_days,
            as_of=program.availability.as_of,
        ),
        intake=known(
            phone=None if sample else intake.phone,
            url=intake.url,
            referral=intake.referral,
            documents=intake.documents,
            steps=intake.steps,
        ),
        verified=known(date=verified.date, by=verified.by, fields=dict(sorted(verified.fields.items()))),
        source=known(name=program.source.name, record=program.source.record),
        accreditation=program.accreditation,
        notes=program.notes,
    )


def header_written(origin: Origin) -> Written:
    """What holds for every program of a catalog; what its source can express stands with each program."""
    return known(name=origin.name, sample=origin.sample or None, as_of=origin.as_of)


def known(**values: Any) -> Written:
    """The values that say something, tuples as lists; False and 0 say something."""
    out: Written = {}
    for key, value in values.items():
        plain = list(value) if isinstance(value, tuple) else value
        if plain is not None and not (isinstance(plain, str | list | Mapping) and not plain):
            out[key] = plain
    return out


def _site(site: Site | None) -> Written:
    if site is None:
        return {}
    told = site.precision in ("exact", "cell")
    point = site.point if told else None
    return known(
        street=site.street,
        city=site.city,
        state=site.state,
        zip=site.zip,
        latitude=point.latitude if point else None,
        longitude=point.longitude if point else None,
        confidential=site.confidential or None,
    )


def _ages(ages: tuple[AgeRange, ...] | None) -> list[Written]:
    return [
        {
            "min": one.min,
            **({} if one.max == _OLDEST else {"max": one.max}),
            **({} if one.sure else {"sure": False}),
        }
        for one in ages or ()
    ]


def _approach(one: Approach) -> str | Written:
    offered = None if one.offered is Tri.YES else _TRI.get(one.offered, "unknown")
    return _entry(one.id, fidelity=one.fidelity, offered=offered, verified=one.verified)


def _payer(one: Payer) -> str | Written:
    network = None if one.network == "unknown" else one.network
    return _entry(one.id, network=network, accepting=_TRI.get(one.accepting), verified=one.verified)


def _languages(languages: tuple[Language, ...] | None) -> list[str | Written]:
    return [
        _entry(one.id, by=None if one.by == "staff" else one.by, verified=one.verified)
        for one in languages or ()
    ]


def _entry(id_: str, **more: Any) -> str | Written:
    """An id, with what more is said of it."""
    said = known(**more)
    return {"id": id_, **said} if said else id_


def _populations(populations: Populations) -> Written:
    return known(
        specializes=populations.specializes,
        welcomes=populations.welcomes,
        only="unknown" if populations.only_unknown else populations.only,
        excludes=populations.excludes,
    )


def _track(track: Track) -> Written:
    return known(
        id=track.id,
        **sessions_written(track.sessions),
        seats_open=track.seats_open,
        as_of=track.seats_as_of,
        weeks=track.weeks,
        ages=_ages(track.ages),
        genders=track.genders,
        languages=_languages(track.languages),
        delivery=_track_delivery(track),
        populations=None if track.populations is None else _populations(track.populations),
        time_zone=track.time_zone,
    )


def _track_delivery(track: Track) -> Written:
    # Here unknown is a statement of its own: it replaces what the program says.
    return known(
        in_person=_TRI.get(track.in_person, "unknown") if track.in_person is not None else None,
        virtual=_TRI.get(track.virtual, "unknown") if track.virtual is not None else None,
    )
