"""The sample catalog: fictional throughout, and varied enough to try everything on."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from opmatch import shipped
from opmatch.catalog.check import Finding, check
from opmatch.catalog.load import load
from opmatch.model.program import LEVELS, Catalog, Program, Tri
from opmatch.places.lookup import Places
from opmatch.vocabulary import load as vocabulary

AS_OF = dt.date(2026, 11, 1)
STALE_BEFORE = dt.date(2026, 1, 1)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load([shipped.sample_catalog()], vocabulary.load(), Places())


@pytest.fixture(scope="module")
def findings(catalog: Catalog) -> tuple[Finding, ...]:
    return check(catalog, vocabulary.load(), Places(), AS_OF)


def _levels(programs: Sequence[Program]) -> Counter[str]:
    return Counter(program.level for program in programs)


def test_is_marked_a_sample_and_dated(catalog: Catalog) -> None:
    (info,) = catalog.infos
    assert (info.name, info.sample, catalog.as_of) == ("Sample catalog (fictional)", True, AS_OF)
    assert all(program.origin.sample for program in catalog.programs)


def test_every_program_can_be_told_as_fictional_by_its_number_its_link_and_its_source(
    catalog: Catalog,
) -> None:
    for program in catalog.programs:
        assert re.fullmatch(r"(\d{3}-555-01\d\d)?", program.intake.phone), program.id
        assert re.fullmatch(r"(https://example\.org(/[a-z-]+)?)?", program.intake.url), program.id
        assert program.source.name == "sample", program.id


def test_records_are_numbered_once_each(catalog: Catalog) -> None:
    records = sorted(int(program.source.record) for program in catalog.programs)
    assert records == list(range(1, len(catalog.programs) + 1))


def test_a_telephone_number_belongs_to_one_organization(catalog: Catalog) -> None:
    owners: dict[str, set[str]] = {}
    for program in catalog.programs:
        if program.intake.phone:
            owners.setdefault(program.intake.phone, set()).add(program.organization)
    assert {phone: names for phone, names in owners.items() if len(names) > 1} == {}


def test_is_large_and_spread_over_levels_fields_and_states(catalog: Catalog) -> None:
    programs = catalog.programs
    states = Counter(p.site.state for p in programs if p.site and p.in_person is Tri.YES)
    assert len(programs) >= 120
    assert min(_levels(programs)[level] for level in LEVELS) >= 15
    assert len([state for state, count in states.items() if count >= 8]) >= 12
    assert {p.fields for p in programs} >= {
        ("mental-health",),
        ("substance-use",),
        ("mental-health", "substance-use"),
    }


def test_has_programs_by_video_alone_for_several_states(catalog: Catalog) -> None:
    across = [
        p
        for p in catalog.programs
        if p.in_person is Tri.NO and p.virtual is Tri.YES and len(p.licensed_states or ()) >= 3
    ]
    assert len(across) >= 8


def test_says_different_things_about_capacity(catalog: Catalog) -> None:
    programs = catalog.programs
    statuses = Counter(program.availability.status for program in programs)
    full = [p.id for p in programs for track in p.tracks if track.seats_open == 0]
    assert {"capacity", "waitlist", "no-capacity", "assessment-required", None} <= set(statuses)
    assert statuses["no-capacity"] >= 2
    assert statuses["waitlist"] >= 10
    assert len(full) >= 6
    assert Counter(program.status for program in programs).keys() == {"active", "paused", "closed"}


def test_leaves_facts_unknown(catalog: Catalog) -> None:
    programs = catalog.programs
    assert sum(not p.needs.specializes for p in programs) >= 10
    assert sum(p.payers is None for p in programs) >= 2
    assert sum(p.ages is None for p in programs) >= 2
    assert (
        sum(p.availability.status is None and not any(t.seats_open for t in p.tracks) for p in programs) >= 5
    )
    assert any(Tri.UNKNOWN in (p.in_person, p.virtual) for p in programs)
    assert any(p.populations.only_unknown for p in programs)
    assert any(not p.ages_complete for p in programs)


def test_has_facts_that_nobody_has_confirmed_for_long(catalog: Catalog) -> None:
    stale = [p.id for p in catalog.programs if p.verified.date and p.verified.date < STALE_BEFORE]
    assert len(stale) >= 10


def test_keeps_several_sites_confidential(catalog: Catalog) -> None:
    hidden = [p.site for p in catalog.programs if p.site and p.site.confidential]
    assert len(hidden) >= 4
    assert {(site.street, site.city, site.zip) for site in hidden} == {("", "", "")}


def test_some_organizations_run_several_programs_of_a_level_behind_one_door(catalog: Catalog) -> None:
    doors = Counter(
        (p.organization, p.site.street, p.level) for p in catalog.programs if p.site and p.site.street
    )
    assert {door[0] for door, count in doors.items() if count > 1} == {
        "Tallgrass & Vine Counseling",
        "Oakline Behavioral Health",
    }


def test_serves_every_age_and_many_languages(catalog: Catalog) -> None:
    programs = catalog.programs
    for age in (5, 8, 15, 22, 45, 80):
        taking = [p for p in programs if p.ages and any(span.min <= age <= span.max for span in p.ages)]
        assert len(taking) >= 8, age
    by = {(language.id, language.by) for p in programs for language in p.languages}
    assert {("es", "staff"), ("es", "interpreter"), ("ase", "staff"), ("so", "staff")} <= by
    assert [p.id for p in programs if p.interpreters is Tri.NO] == ["red-clay-kiln-methadone"]


def test_has_only_the_doubts_that_are_meant(findings: tuple[Finding, ...]) -> None:
    assert {(finding.rule, finding.program) for finding in findings if finding.rule != "unverified"} == {
        ("no-contact", "lakeshore-outpatient"),
        ("no-contact", "whistle-buoy-teen-iop"),
        ("virtual-licence", "clear-tone-adhd"),
        ("fidelity", "harborbell-adolescent-php"),
        ("fidelity", "tidewrack-eating-php"),
        ("fidelity", "willow-slough-youth-street"),
    }


def test_its_page_counts_what_is_in_it_and_names_programs_that_exist(catalog: Catalog) -> None:
    page = (Path(__file__).parents[1] / "docs" / "sample.md").read_text(encoding="utf-8")
    levels = _levels(catalog.programs)
    assert (
        f"{len(catalog.programs)} programs: {levels['op']} routine outpatient, "
        f"{levels['iop']} intensive outpatient, {levels['php']} partial hospitalization."
    ) in page
    rows = [line.split("|")[2] for line in page.splitlines() if line.startswith("| ")]
    named = {name for row in rows for name in re.findall(r"`([a-z0-9-]+)`", row)}
    assert named - {program.id for program in catalog.programs} == set()
    assert len(named) >= 20
