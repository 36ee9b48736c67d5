# ruff: noqa: E501 (messages and catalogs are shown as they print)
"""What is doubtful in a well-formed catalog is found, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from inline_snapshot import snapshot
from written_catalogs import AS_OF, HEAD, PLACES, VOCABULARY, load_text, program

from opmatch.catalog.check import RULES, check
from opmatch.catalog.locate import located

FINE = "intake: {phone: 312-867-4420}\nverified: {date: 2026-11-01}\n"


def findings(folder: Path, extra: str, level: str = "op", name: str = "catalog.yaml") -> list[str]:
    """What is found in one program that is fine but for `extra`, after its file."""
    catalog = load_text(folder, HEAD + program(FINE + extra, level=level), name)
    found = located(check(catalog, VOCABULARY, PLACES, AS_OF))
    return [str(finding).partition("catalog.yaml:")[2].replace("program `a`: ", "") for finding in found]


def track(start: str, end: str, days: str = "mon,wed,fri", more: str = "") -> str:
    return f"tracks: [{{id: t, days: ['{days}'], start: '{start}', end: '{end}'{more}}}]\n"


def test_a_program_with_nothing_doubtful_has_no_findings(tmp_path: Path) -> None:
    site = "site: {city: Chicago, state: IL, zip: '60610', latitude: 41.9, longitude: -87.63}\n"
    rest = "delivery: hybrid\nlicensed_states: [IL]\nneeds: {treats: [ptsd], excludes: [psychosis]}\n"
    assert findings(tmp_path, site + rest + track("17:30", "20:30"), "iop") == []


@pytest.mark.parametrize(
    ("level", "extra", "rules"),
    [
        ("iop", track("17:30", "20:30"), []),
        ("iop", track("17:30", "20:00"), ["weekly-hours"]),
        ("iop", track("09:00", "15:00"), []),
        ("iop", track("09:00", "15:30"), ["weekly-hours"]),
        ("iop", track("16:00", "18:00") + "ages: [{min: 12, max: 17}]", []),
        ("iop", track("16:00", "17:30", more=", ages: [{max: 17}]"), ["weekly-hours"]),
        ("php", track("09:00", "15:00", "mon-fri"), []),
        ("php", track("09:00", "12:45", "mon-fri"), ["weekly-hours"]),
        ("php", track("09:00", "12:45", "mon-fri") + "ages: [{max: 17}]", []),
        ("op", track("09:00", "10:00"), []),
        ("op", track("09:00", "20:00", "mon"), ["session-length"]),
        (
            "op",
            "tracks: [{id: t, sessions: [{day: mon, start: 9:00, end: 10:00, required: false}]}]",
            ["no-required-session"],
        ),
        (
            "op",
            "tracks: [{id: t, sessions: [{day: mon, start: 9:00, end: 11:00}, {day: mon, start: 10:00, end: 12:00}]}]",
            ["session-overlap"],
        ),
        (
            "op",
            "tracks: [{id: t, sessions: [{day: sun, start: 22:00, end: 02:00}, {day: mon, start: 1:00, end: 3:00}]}]",
            ["session-overlap"],
        ),
        ("op", "site: {zip: '00000', state: IL}", ["zip-unknown"]),
        ("op", "site: {zip: '60610', state: WI}", ["zip-state"]),
        ("op", "site: {zip: '60610', latitude: 42.4, longitude: -87.63}", ["zip-distance"]),
        ("op", "site: {zip: '60610', latitude: 42.4, longitude: -87.63, confidential: true}", []),
        ("op", "delivery: {in_person: false, virtual: false}", ["no-way-to-attend"]),
        ("op", "delivery: in-person", ["no-way-to-attend"]),
        ("op", "delivery: virtual", ["virtual-licence"]),
        ("op", "needs: {treats: [ptsd], excludes: [ptsd]}", ["contradiction"]),
        ("op", "needs: {specializes: [ptsd], excludes: [trauma]}", ["contradiction"]),
        ("op", "needs: {treats: [trauma], excludes: [ptsd]}", []),
        ("op", "populations: {welcomes: [veterans], excludes: [veterans]}", ["contradiction"]),
        ("op", "verified: {date: 2026-08-25}", []),
        ("op", "verified: {date: 2026-08-24}", ["unverified"]),
        ("op", "verified: {date: 2025-08-24, fields: {payers: 2026-11-01}}", []),
        ("op", "availability: {as_of: 2026-11-24}", ["future-date"]),
        ("op", "payers: [{id: va, verified: 2027-01-01}]", ["future-date"]),
        ("op", "intake: {steps: [call]}", ["no-contact"]),
        ("op", "ages: [{min: 111}]", ["ages-impossible"]),
        ("op", "ages: [{min: 18, max: 18}]", ["ages-impossible"]),
        ("op", "ages: [{min: 18}]\npopulations: {specializes: [older-adults]}", []),
        ("op", "ages: [{min: 26, max: 50}]\npopulations: {specializes: [older-adults]}", ["ages-impossible"]),
        ("op", "ages: [{min: 26}]\nages_complete: false\npopulations: {only: [adolescents]}", []),
        ("op", "approaches: [dbt]", ["fidelity"]),
        ("op", "approaches: [{id: dbt, fidelity: comprehensive}]", []),
        ("op", "approaches: [{id: dbt, offered: false}]", []),
        ("op", "approaches: [erp]\nneeds: {excludes: [ocd-related]}", ["offered-but-excluded"]),
        ("op", "services: [withdrawal-management]\nexclusions: [withdrawal-risk]", ["offered-but-excluded"]),
        ("op", "genders: [male]\npopulations: {specializes: [women]}", ["genders-at-odds"]),
        ("op", "genders: [female]\npopulations: {specializes: [women]}", []),
        ("op", "intake: {phone: '312-867-4420 ext. 12'}", []),
        ("op", "intake: {phone: '1 (800) 662-HELP'}", []),
        ("op", "intake: {phone: '988'}", []),
        ("op", "intake: {phone: '312-867-442'}", ["phone-form"]),
        ("op", "intake: {phone: '312-867-4420 or 312-867-4421'}", ["phone-form"]),
        ("op", "intake: {phone: '312-555-0142'}", ["placeholder"]),
        ("op", "intake: {url: 'https://harbor.org/intake?back=http://x.org'}", []),
        ("op", "intake: {url: 'https://harbor'}", ["url-form"]),
        ("op", "intake: {url: 'http://https://harbor.org'}", ["url-form"]),
        ("op", "intake: {url: 'https://clinic.example.org'}", ["placeholder"]),
    ],
)
def test_each_doubt_has_its_rule(tmp_path: Path, level: str, extra: str, rules: list[str]) -> None:
    extra_keys = {line.partition(":")[0] for line in extra.splitlines()}
    fine = "\n".join(line for line in FINE.splitlines() if line.partition(":")[0] not in extra_keys)
    catalog = load_text(tmp_path, HEAD + program(f"{fine}\n{extra}", level=level))
    assert [finding.rule for finding in check(catalog, VOCABULARY, PLACES, AS_OF)] == rules


def test_findings_say_where_and_what_to_do(tmp_path: Path) -> None:
    extra = "site: {zip: '60610', state: WI}\ndelivery: virtual\n" + track("17:30", "20:00")
    assert findings(tmp_path, extra, "iop") == snapshot(
        [
            "12: `tracks[0]`: has 7.5 hours a week; IOP has 9 or more; check the times and the level (weekly-hours)",
            "10: `site.zip`: 60610 is in IL, the site in WI; check both (zip-state)",
            "4: `licensed_states`: is missing, and care is virtual; list the states, such as [IL, WI] (virtual-licence)",
        ]
    )


def test_a_catalog_without_a_day_needs_one_per_program(tmp_path: Path) -> None:
    catalog = load_text(tmp_path, "opmatch: 1\nprograms:\n" + program("intake: {phone: 312-867-4420}"))
    (found,) = check(catalog, VOCABULARY, PLACES, AS_OF)
    assert (found.rule, found.path) == ("unverified", "verified")


def test_rules_have_ids_of_their_own() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_findings_come_file_by_file_in_program_order(tmp_path: Path) -> None:
    catalog = load_text(tmp_path, HEAD + program(id="b") + program(id="a"))
    found = check(catalog, VOCABULARY, PLACES, AS_OF)
    assert [(finding.program, finding.rule) for finding in found] == [
        ("a", "no-contact"),
        ("b", "no-contact"),
    ]
    assert [finding.line for finding in located(found)] == [8, 4]


def test_findings_of_a_file_that_is_gone_keep_their_words(tmp_path: Path) -> None:
    found = check(load_text(tmp_path, HEAD + program()), VOCABULARY, PLACES, AS_OF)
    (tmp_path / "catalog.yaml").unlink()
    assert located(found) == found


def test_a_rule_can_be_left_out(tmp_path: Path) -> None:
    catalog = load_text(tmp_path, HEAD + program("site: {zip: '60610', state: WI}"))
    found = check(catalog, VOCABULARY, PLACES, AS_OF, ignore=("no-contact", "duplicate"))
    assert [finding.rule for finding in found] == ["zip-state"]


def test_lines_are_the_same_whether_or_not_the_reading_has_told_where_programs_begin(tmp_path: Path) -> None:
    extra = "site: {zip: '60610', state: WI}\ndelivery: virtual\n" + track("17:30", "20:00")
    text = HEAD + program(extra, "a", "iop") + "\n  # a note\n" + program(id="b") + program(extra, "c", "iop")
    catalog = load_text(tmp_path, text)
    found = check(catalog, VOCABULARY, PLACES, AS_OF)
    assert located(found, catalog) == located(found)
    assert all(finding.line is not None for finding in located(found))


def test_programs_that_share_a_line_are_found_on_it(tmp_path: Path) -> None:
    rows = ", ".join(f"{{id: {one}, name: {one}, field: [mental-health], level: op}}" for one in "ab")
    catalog = load_text(tmp_path, f"opmatch: 1\nprograms: [{rows}]\n")
    found = located(check(catalog, VOCABULARY, PLACES, AS_OF, ignore=("unverified",)), catalog)
    assert [(finding.program, finding.line) for finding in found] == [("a", 2), ("b", 2)]
