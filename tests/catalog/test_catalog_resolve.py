# ruff: noqa: E501 (messages and catalogs are shown as they print)
"""What is written becomes what is meant: shorthand, fees, hours, places, and what is confidential."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written_catalogs import PLACES, VOCABULARY, load_program

from opmatch.catalog.resolve.scope import Scope
from opmatch.catalog.resolve.sites import site
from opmatch.catalog.written import SiteEntry
from opmatch.model.program import (
    AgeRange,
    Appointments,
    Approach,
    Language,
    Needs,
    OfficeHours,
    Payer,
    Point,
    Populations,
    Session,
    Site,
    Tri,
)
from opmatch.model.week import MINUTES_PER_DAY, Week

HOUR = 60


def test_what_is_not_said_is_unknown(tmp_path: Path) -> None:
    program = load_program(tmp_path)
    unsaid = (program.in_person, program.virtual, program.payers, program.ages, program.genders, program.site)
    assert unsaid == (Tri.UNKNOWN, Tri.UNKNOWN, None, None, None, None)
    assert program.status == "active"


def test_blanks_say_nothing(tmp_path: Path) -> None:
    blanks = "payers: []\nages: []\ngenders: null\ntracks: ~\nsite:\norganization: ''\nexclusions: []\nages_complete:"
    assert load_program(tmp_path, blanks) == load_program(tmp_path)


@pytest.mark.parametrize(
    ("written", "in_person", "virtual"),
    [
        ("in-person", Tri.YES, Tri.NO),
        ("virtual", Tri.NO, Tri.YES),
        ("hybrid", Tri.YES, Tri.YES),
        ("{in_person: true, virtual: unknown}", Tri.YES, Tri.UNKNOWN),
        ("{virtual: false}", Tri.UNKNOWN, Tri.NO),
    ],
)
def test_delivery_is_told_mode_by_mode(tmp_path: Path, written: str, in_person: Tri, virtual: Tri) -> None:
    program = load_program(tmp_path, f"delivery: {written}")
    assert (program.in_person, program.virtual) == (in_person, virtual)


def test_lists_take_ids_labels_and_synonyms(tmp_path: Path) -> None:
    program = load_program(
        tmp_path,
        "needs: {treats: [ptsd, Depression, PTSD]}\napproaches: [cbt, {id: dbt, fidelity: full}, {id: emdr, offered: false}]\n"
        "languages: [es, {id: ase, by: interpreter, verified: 2026-10-01}]\npayers: ['private:some-plan', Medicaid]\n"
        "supports: [childcare]\naccessibility: [wheelchair, childcare]",
    )
    assert program.needs == Needs(treats=("ptsd", "depression"))
    assert program.approaches == (
        Approach(id="cbt"),
        Approach(id="dbt", fidelity="full"),
        Approach(id="emdr", offered=Tri.NO),
    )
    assert program.languages == (
        Language(id="es"),
        Language(id="ase", by="interpreter", verified=dt.date(2026, 10, 1)),
    )
    assert program.payers == (Payer(id="private:some-plan"), Payer(id="medicaid"))
    assert program.supports == ("childcare", "wheelchair")


def test_only_unknown_says_that_it_must_be_asked(tmp_path: Path) -> None:
    assert load_program(tmp_path, "populations: {only: unknown}").populations == Populations(
        only_unknown=True
    )


def test_fees_imply_payers_and_say_nothing_about_others(tmp_path: Path) -> None:
    alone = load_program(tmp_path, "fees: {visit: 140, sliding_scale_from: 20}")
    assert alone.payers == (Payer(id="self_pay"), Payer(id="sliding_scale"))
    assert not alone.payers_complete
    listed = load_program(tmp_path, "payers: [medicaid, self_pay]\nfees: {visit: 0}")
    assert listed.payers == (Payer(id="medicaid"), Payer(id="self_pay"))
    assert listed.payers_complete


def test_ages_without_an_end_are_open(tmp_path: Path) -> None:
    program = load_program(tmp_path, "ages: [{min: 18}, {max: 12, sure: false}]")
    assert program.ages == (AgeRange(18, 200), AgeRange(0, 12, sure=False))


def test_tracks_may_cross_midnight_and_the_week_end(tmp_path: Path) -> None:
    program = load_program(tmp_path, "tracks: [{id: a, days: [sun, fri], start: '22:00', end: '02:00'}]")
    friday, sunday = 4 * MINUTES_PER_DAY, 6 * MINUTES_PER_DAY
    assert program.tracks[0].sessions == (
        Session((friday + 22 * HOUR, friday + 26 * HOUR)),
        Session((sunday + 22 * HOUR, sunday + 26 * HOUR)),
    )


def test_sessions_of_a_track_may_differ(tmp_path: Path) -> None:
    program = load_program(
        tmp_path,
        "tracks: [{id: a, sessions: [{day: tue, start: 9:00, end: 12:00, required: false}, {day: mon, start: 9:00, end: 24:00}]}]",
    )
    assert program.tracks[0].sessions == (
        Session((9 * HOUR, 24 * HOUR)),
        Session((33 * HOUR, 36 * HOUR), required=False),
    )


def test_days_of_a_track_may_be_a_run(tmp_path: Path) -> None:
    runs = [
        load_program(tmp_path, f"tracks: [{{id: a, days: {days}, start: 9:00, end: 12:00}}]").tracks
        for days in ("mon-wed", "[mon-wed]", "[mon, tue, wed]")
    ]
    assert runs[0] == runs[1] == runs[2]


def test_a_mode_a_track_does_not_speak_of_is_the_programs(tmp_path: Path) -> None:
    program = load_program(
        tmp_path, "tracks: [{id: a, days: mon, start: 9:00, end: 12:00, delivery: {virtual: true}}]"
    )
    assert (program.tracks[0].in_person, program.tracks[0].virtual) == (None, Tri.YES)


def test_hours_are_closed_or_unknown_where_not_listed(tmp_path: Path) -> None:
    program = load_program(
        tmp_path,
        "appointments: {hours: {tue: ['09:00-12:00', '13:00-15:00']}}\noffice_hours: {mon: closed, fri: 20:00-02:00}",
    )
    assert program.appointments == Appointments(
        hours=Week.of([(33 * HOUR, 36 * HOUR), (37 * HOUR, 39 * HOUR)])
    )
    friday = 4 * MINUTES_PER_DAY
    assert program.office_hours == OfficeHours(
        hours=Week.of([(friday + 20 * HOUR, friday + 26 * HOUR)]), days=(0, 4)
    )


def test_texts_are_one_line(tmp_path: Path) -> None:
    program = load_program(tmp_path, 'name: "A\\n  long\\u2028name"\nnotes: [" ", "one\\ttwo"]')
    assert (program.name, program.notes) == ("A long name", ("one two",))


def located(**written: object) -> tuple[Site, str | None]:
    return site(SiteEntry(**written), (), Scope(VOCABULARY, PLACES))  # type: ignore[arg-type]


def test_a_site_is_found_by_coordinates_then_zip_then_city() -> None:
    zip_place, city = PLACES.zip("60610"), PLACES.city("Chicago", "IL")
    assert zip_place is not None
    assert city is not None
    exact = {"latitude": 41.9, "longitude": -87.63}
    assert located(city="Chicago", state="IL", zip="60610", **exact)[0] == Site(
        city="Chicago", state="IL", zip="60610", point=Point(41.9, -87.63), precision="exact"
    )
    assert located(zip="60610") == (
        Site(state="IL", zip="60610", point=zip_place.point, precision="zip"),
        "America/Chicago",
    )
    assert located(city="Chicago", state="IL") == (
        Site(city="Chicago", state="IL", point=city.point, precision="city"),
        "America/Chicago",
    )


def test_a_zip_nobody_knows_leaves_the_place_unknown() -> None:
    assert located(city="Chicago", state="IL", zip="00000")[0].point is None


def test_a_confidential_site_keeps_its_state_and_a_cell() -> None:
    found = located(
        street="1200 N Clark St",
        city="Chicago",
        state="IL",
        zip="60610",
        latitude=41.93,
        longitude=-87.63,
        confidential=True,
    )
    hidden = Site(state="IL", point=Point(41.95, -87.65), precision="cell", confidential=True)
    assert found == (hidden, "America/Chicago")


@given(
    st.tuples(st.floats(0.001, 0.099), st.floats(0.001, 0.099)),
    st.tuples(st.floats(0.001, 0.099), st.floats(0.001, 0.099)),
    st.sampled_from([(41.9, -87.7), (41.3, -87.0), (46.5, -87.6), (25.7, -80.3)]),
    st.sampled_from([None, "IL"]),
    st.sampled_from([None, "60610", "46304", "00000"]),
)
def test_moving_a_confidential_site_inside_its_cell_changes_nothing(
    one: tuple[float, float],
    other: tuple[float, float],
    corner: tuple[float, float],
    state: str | None,
    code: str | None,
) -> None:
    first = located(
        latitude=corner[0] + one[0], longitude=corner[1] + one[1], state=state, zip=code, confidential=True
    )
    moved = located(
        latitude=corner[0] + other[0], longitude=corner[1] + other[1], state=state, confidential=True
    )
    assert first == moved
