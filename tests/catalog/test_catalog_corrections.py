# ruff: noqa: E501 (corrections are shown as they are written)
"""Corrections are laid over what a catalog says, stay when it is read anew, and never pass unseen."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from written_catalogs import HEAD, PLACES, VOCABULARY, program

from opmatch.catalog.amend import NoPlaceError, steps_of, value_at, with_value
from opmatch.catalog.load import load
from opmatch.catalog.overlay import CorrectionEntry, overlay_text, with_correction, without_correction
from opmatch.errors import InputError
from opmatch.matching.age import fact_date
from opmatch.model.program import Catalog, Program, Tri

FACTS = """\
payers: [medicaid, {id: private, accepting: true}]
approaches: [cpt]
delivery: in-person
site: {street: 1 Main St, city: Chicago, state: IL, zip: '60610', latitude: 41.9, longitude: -87.63}
tracks: [{id: evening, days: [mon], start: '17:30', end: '20:30', seats_open: 3, as_of: 2026-10-01}]
availability: {status: waitlist, wait_days: 12, as_of: 2026-10-01}
intake: {phone: 312-867-4420, url: 'https://harbor.org'}
verified: {date: 2026-09-01}
"""
DAY = dt.date(2026, 11, 20)


def overlay(*corrections: str) -> str:
    rows = "".join(f"  - {{program: a, {one}, by: phone, date: 2026-11-20}}\n" for one in corrections)
    return f"opmatch: 1\ncorrections:\n{rows}"


def read(folder: Path, *corrections: str, facts: str = FACTS) -> Catalog:
    """The catalog with `corrections` named beside it."""
    (folder / "county.yaml").write_text(HEAD + program(facts), encoding="utf-8")
    (folder / "found.yaml").write_text(overlay(*corrections), encoding="utf-8")
    return load([folder / "county.yaml", folder / "found.yaml"], VOCABULARY, PLACES)


def one(folder: Path, *corrections: str) -> Program:
    (found,) = read(folder, *corrections).programs
    return found


def test_a_correction_takes_the_place_of_what_the_catalog_says_with_its_day(tmp_path: Path) -> None:
    plain = one(tmp_path)
    found = one(tmp_path, "field: availability.wait_days, value: 5, was: 12, who: ana")
    assert found.availability == msgspec.structs.replace(plain.availability, wait_days=5, as_of=DAY)
    assert fact_date(found, None, "availability") == DAY
    assert fact_date(found, None, "needs") == dt.date(2026, 9, 1)
    (told,) = found.corrections
    assert (told.field, told.value, told.was, told.source, told.by, told.who, told.standing, told.line) == (
        "availability.wait_days", "5", "12", "12", "phone", "ana", "applied", 3,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("correction", "expected"),
    [
        ("field: tracks.evening.seats_open, value: 0", ("tracks", 0, "seats_open", 0)),
        ("field: 'tracks[0].seats_open', value: 1", ("tracks", 0, "seats_as_of", DAY)),
        ("field: payers.medicaid.accepting, value: false", ("payers", 0, "accepting", Tri.NO)),
        ("field: payers.medicaid.accepting, value: false", ("payers", 0, "verified", DAY)),
        ("field: payers.medicare, value: true", ("payers", 2, "id", "medicare")),
        ("field: payers.medicaid", ("payers", 0, "id", "private")),
        ("field: approaches.emdr, value: false", ("approaches", 1, "offered", Tri.NO)),
        ("field: delivery.virtual, value: unknown", ("virtual", None, None, Tri.UNKNOWN)),
        ("field: site.zip, value: '60622'", ("site", None, "precision", "zip")),
        ("field: status, value: closed", ("status", None, None, "closed")),
    ],
)
def test_paths_lead_into_lists_by_id(
    tmp_path: Path, correction: str, expected: tuple[str, int | None, str | None, object]
) -> None:
    field, at, part, value = expected
    found = getattr(one(tmp_path, correction), field)
    found = found if at is None else found[at]
    assert (found if part is None else getattr(found, part)) == value


def test_one_payer_found_out_about_is_no_complete_list(tmp_path: Path) -> None:
    catalog = read(tmp_path, "field: payers.medicaid, value: true", facts="delivery: in-person")
    (found,) = catalog.programs
    assert ([payer.id for payer in found.payers or ()], found.payers_complete) == (["medicaid"], False)


def test_a_phone_that_was_tried_says_nothing_about_the_web_address(tmp_path: Path) -> None:
    found = one(tmp_path, "field: intake.phone, value: 312-867-4421")
    assert fact_date(found, None, "intake.phone", "intake") == DAY
    assert fact_date(found, None, "intake.url", "intake") == dt.date(2026, 9, 1)


@pytest.mark.parametrize(
    ("correction", "standing"),
    [
        ("field: availability.wait_days, value: 5, was: 12", "applied"),
        ("field: availability.wait_days, value: 5", "applied"),
        ("field: availability.wait_days, value: 5, was: 30", "source-changed"),
        ("field: availability.wait_days, value: '12', was: 30", "caught-up"),
        ("field: payers, value: [Medicaid, {id: private, accepting: true}]", "caught-up"),
        ("field: intake.phone, value: +1 312 867 4420, was: 312-867-4421", "caught-up"),
        ("field: intake.phone, value: 312-867-4420 x2, was: (312) 867-4420", "applied"),
        ("field: intake.phone, value: 312-867-4422, was: 312-867-4421", "source-changed"),
        ("field: tracks.morning.seats_open, value: 1", "no-place"),
    ],
)
def test_how_a_correction_stands_to_its_source_is_told(
    tmp_path: Path, correction: str, standing: str
) -> None:
    assert [told.standing for told in read(tmp_path, correction).corrections] == [standing]


def test_a_correction_of_another_catalogs_program_is_kept_and_told(tmp_path: Path) -> None:
    (tmp_path / "county.yaml").write_text(HEAD + program(FACTS), encoding="utf-8")
    (tmp_path / "found.yaml").write_text(
        overlay("field: status, value: closed").replace("program: a", "program: b")
    )
    catalog = load([tmp_path], VOCABULARY, PLACES)
    assert [(told.program, told.standing) for told in catalog.corrections] == [("b", "no-program")]
    assert [info.name for info in catalog.infos] == ["County"]


def test_a_catalog_with_corrections_names_them_among_its_sources(tmp_path: Path) -> None:
    infos = read(tmp_path, "field: status, value: closed").infos
    assert [(info.name, info.programs) for info in infos] == [("County", 1), ("found", 0)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (overlay("field: level, value: iopp"), "found.yaml:3: program `a`: corrects level: level can't be 'iopp'; did you mean iop?"),
        (overlay("field: needs.treats, value: [ptsdd]"), "found.yaml:3: program `a`: corrects needs.treats: needs.treats[0] no need is called 'ptsdd'; did you mean ptsd?"),
        (overlay("value: 3"), "found.yaml:3: `corrections[0].field`: is missing; write a short text"),
        (overlay("field: status, valu: closed"), "found.yaml:3: `corrections[0].valu`: is not a key of the format; did you mean value?"),
        ("opmatch: 2\ncorrections: []", "found.yaml:1: `opmatch`: can't be '2'; write opmatch: 1"),
        ("opmatch: 1\ncorrections: [\n", "found.yaml:3: is not valid YAML: while parsing a flow node, did not find expected node content; check quotes, colons and indentation here"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_correction_is_located(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "county.yaml").write_text(HEAD + program(FACTS), encoding="utf-8")
    (tmp_path / "found.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load([tmp_path / "county.yaml", tmp_path / "found.yaml"], VOCABULARY, PLACES)
    assert str(caught.value).replace(f"{tmp_path}/", "") == problem


def test_of_two_corrections_of_one_field_the_later_counts(tmp_path: Path) -> None:
    found = one(tmp_path, "field: status, value: closed", "field: status, value: paused")
    assert (found.status, len(found.corrections)) == ("paused", 1)


VALUES = st.recursive(
    st.text("abc", min_size=1, max_size=3) | st.booleans(),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3) | st.dictionaries(st.sampled_from("xyz"), inner, min_size=1)
    ),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    [
        "status",
        "availability.wait_days",
        "intake.phone",
        "needs.treats",
        "fees.visit",
        "notes",
        "interpreters",
    ]
)
WRITTEN = st.fixed_dictionaries(
    {"id": st.just("a")},
    optional={
        "status": st.just("active"),
        "availability": st.just({"wait_days": "3"}),
        "intake": st.just({"phone": "1", "url": "2"}),
        "notes": st.just(["n"]),
    },
)


@given(WRITTEN, FIELDS, VALUES)
def test_a_correction_and_its_reverse_restore_what_was_written(
    written: dict[str, object], field: str, value: object
) -> None:
    steps = steps_of(field)
    before = value_at(written, steps)
    changed = with_value(written, steps, value)
    assert value_at(changed, steps) == value
    assert with_value(changed, steps, before) == written


@given(st.lists(st.tuples(st.sampled_from("ab"), FIELDS), max_size=5), st.sampled_from("ab"), FIELDS)
def test_keeping_and_taking_back_leaves_the_others_alone(
    kept: list[tuple[str, str]], id_: str, field: str
) -> None:
    entries = tuple(CorrectionEntry(program=p, field=f, by="web", date=DAY) for p, f in dict.fromkeys(kept))
    new = CorrectionEntry(program=id_, field=field, value="x", by="phone", date=DAY)
    with_it = with_correction(entries, new)
    assert without_correction(with_it, id_, field) == without_correction(entries, id_, field)
    assert with_it[-1] == new


def test_a_path_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(NoPlaceError, match="it has no track evening"):
        with_value({"tracks": [{"id": "day"}]}, ("tracks", "evening", "seats_open"), "1")
    with pytest.raises(NoPlaceError, match="status has no parts"):
        with_value({"status": "active"}, ("status", "now"), "1")


def test_an_empty_file_of_corrections_is_one() -> None:
    assert overlay_text(()).endswith("opmatch: 1\ncorrections: []\n")
