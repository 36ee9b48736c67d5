# ruff: noqa: E501 (answers are shown as they print)
"""`opmatch catalog stale`, `stats`, `gaps` and `diff`, as a team that keeps a catalog runs them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from cli_running import Run
from cli_running import run_fixture as run_fixture
from inline_snapshot import snapshot

CATALOG = """\
opmatch: 1
catalog: {name: County list, as_of: 2026-11-01}
programs:
  - id: harbor-day
    name: Harbor Day Services
    organization: Harbor
    field: [mental-health]
    level: iop
    delivery: in-person
    site: {street: 1 Main St, city: Chicago, state: IL, zip: "60610"}
    needs: {treats: [ptsd]}
    payers: [medicaid]
    languages: [es]
    availability: {status: waitlist, wait_days: 12, as_of: 2026-10-26}
    intake: {phone: "312-867-4420"}
  - id: harbor-op
    name: Harbor Outpatient
    organization: Harbor
    field: [mental-health]
    level: op
    delivery: in-person
    site: {street: 1 Main St, city: Chicago, state: IL, zip: "60610"}
    populations: {only: [veterans]}
    intake: {phone: "312-867-4420"}
  - id: lakeside
    name: "=Lakeside"
    field: [substance-use]
    level: op
    delivery: in-person
    site: {city: Milwaukee, state: WI, zip: "53202"}
"""
DAY = ("--as-of", "2026-11-23")


@pytest.fixture(name="catalog", autouse=True)
def catalog_fixture(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "county.yaml"
    file.write_text(CATALOG, encoding="utf-8")
    monkeypatch.setenv("OPMATCH_CATALOG", str(file))
    return file


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_stale_says_what_to_verify_first(run: Run) -> None:
    assert run("catalog", "stale", *DAY, "--limit", "2").out == snapshot("""\
3 programs with something to verify, the first 2 by points at stake

 1.     87 =Lakeside, OP, no phone
           lakeside
           needs not listed; appointments not listed; availability not listed;
           approaches not listed; 6 more
 2.     46 Harbor Day Services, IOP, 312-867-4420
           harbor-day
           tracks not listed; availability 28 days old; approaches not listed;
           populations not listed; 3 more

Points are of 100: what the answers could move in a ranking by the balanced
weights, less what the age of a fact has left of it. Programs for a group alone
come last. Keep an answer: opmatch catalog correct PROGRAM FIELD VALUE --by
phone
""")


def test_stale_as_rows_is_safe_for_a_spreadsheet(run: Run) -> None:
    found = rows(run("catalog", "stale", *DAY, "-f", "csv", "--state", "wi").out)
    assert {(row["program"], row["name"], row["phone"]) for row in found} == {("lakeside", "'=Lakeside", "")}
    data = json.loads(run("catalog", "stale", *DAY, "-f", "json", "--state", "WI").out)
    assert [fact["field"] for fact in data["worklist"][0]["facts"]] == [row["field"] for row in found]


def test_the_call_sheet_has_each_number_once(run: Run) -> None:
    assert run("catalog", "stale", *DAY, "-f", "sheet", "--near", "60610", "--listed").out == snapshot("""\
# Calls to make

1 of 1 numbers, the most at stake first, programs for a group alone last.

## 1. 312-867-4420

- Harbor Day Services, Harbor, IOP (harbor-day)

- [ ] How soon could a new client start?
    - listed, 28 days old: waitlist, wait 12 days

Called on ____________ by ____________, spoke to ____________

Points are of 100: what the answers could move in a ranking by the balanced weights, less what the age of a fact has left of it. Programs for a group alone come last. Keep an answer: opmatch catalog correct PROGRAM FIELD VALUE --by phone
""")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("--state", "ZZ"), "--state 'ZZ' is no state; write its two letters, such as CO"),
        (("--state", "IL", "--near", "60610"), "give --near or --state, not both"),
        (("--within", "5"), "--within needs --near"),
        (("-f", "xml"), "--format 'xml' is none of table, csv, json, sheet"),
    ],
)
def test_what_stale_cannot_do_is_said(run: Run, arguments: tuple[str, ...], line: str) -> None:
    outcome = run("catalog", "stale", *arguments)
    assert (outcome.code, outcome.out, outcome.err) == (2, "", f"opmatch: {line}\n")


def test_stats_are_bars_of_what_is_covered_and_of_what_is_not_known(run: Run) -> None:
    assert run("catalog", "stats").out == snapshot("""\
3 programs

Level of care ──────────────────────────────────────────────────────────────────
Outpatient (OP)                      2   67 % ━━━━━━━━━━━━━━━━━━━━━━━
Intensive outpatient (IOP)           1   33 % ━━━━━━━━━━━
Partial hospitalization (PHP)        0    0 %

Field of care ──────────────────────────────────────────────────────────────────
mental-health                        2   67 % ━━━━━━━━━━━━━━━━━━━━━━━
substance-use                        1   33 % ━━━━━━━━━━━

Status ─────────────────────────────────────────────────────────────────────────
active                               3  100 % ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━

How one can attend ─────────────────────────────────────────────────────────────
in person                            3  100 % ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━

Needs listed (a general program treats common ones unlisted) ───────────────────
Post-traumatic stress disorde…       1   33 % ━━━━━━━━━━━

Payers listed ──────────────────────────────────────────────────────────────────
Medicaid                             1   33 % ━━━━━━━━━━━

Languages listed (English goes without saying) ─────────────────────────────────
Spanish                              1   33 % ━━━━━━━━━━━

Groups served ──────────────────────────────────────────────────────────────────
Veterans                             1   33 % ━━━━━━━━━━━

Closed to all but ──────────────────────────────────────────────────────────────
Veterans                             1   33 % ━━━━━━━━━━━

States of sites ────────────────────────────────────────────────────────────────
IL                                   2   67 % ━━━━━━━━━━━━━━━━━━━━━━━
WI                                   1   33 % ━━━━━━━━━━━

Not known, of the programs where it matters ────────────────────────────────────
approaches                           3  100 % ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
services                             3  100 % ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
ages                                 3  100 % ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
genders                              3  100 % ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
exclusions                           3  100 % ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
payers.accepting                     3  100 % ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
fees                                 3  100 % ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
supports                             3  100 % ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
session times                        3  100 % ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
any hours                            3  100 % ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
url                                  3  100 % ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
needs                                2   67 % ━━━━━━━━━━━━━━━━━━━━━━━
payers                               2   67 % ━━━━━━━━━━━━━━━━━━━━━━━
languages                            2   67 % ━━━━━━━━━━━━━━━━━━━━━━━
availability                         2   67 % ━━━━━━━━━━━━━━━━━━━━━━━
phone                                1   33 % ━━━━━━━━━━━
who may enter                        0    0 %
delivery.in_person                   0    0 %
delivery.virtual                     0    0 %
licensed_states                      0    0 %
place                                0    0 %
a date                               0    0 %
""")


def test_stats_as_data_have_every_value(run: Run) -> None:
    data = json.loads(run("catalog", "stats", "-f", "json", "--state", "IL").out)["stats"]
    assert (data["programs"], data["by"]["level"], data["by"]["state"], data["unknown"]["url"]) == (
        2,
        {"op": 1, "iop": 1, "php": 0},
        {"IL": 2},
        2,
    )
    found = rows(run("catalog", "stats", "-f", "csv").out)
    assert found[0] == {
        "part": "listed",
        "dimension": "level",
        "value": "op",
        "label": "Outpatient (OP)",
        "programs": "2",
        "of": "3",
        "share": "0.6667",
    }


def test_gaps_of_one_place_are_needs_by_payers(run: Run) -> None:
    asked = ("--need", "ptsd", "--need", "depression", "--payer", "medicaid", "--payer", "va")
    assert run("catalog", "gaps", *DAY, "--state", "IL", *asked).out == snapshot("""\
Who serves what in IL

Outpatient (OP): 1 program (1 closed) ──────────────────────────────────────────
none that anybody may enter

Intensive outpatient (IOP): 1 program ──────────────────────────────────────────
                          Medicaid       VA
Post-traumatic stress di…        1     none
Depression                       1     none

Partial hospitalization (PHP): 0 programs ──────────────────────────────────────
none

12 +30: twelve programs serve it as far as listed, thirty more may (ask). none:
nobody does, or may. Programs limited to a group, and those of which that must
be asked, are in no cell.
""")


def test_gaps_of_all_places_are_a_line_each(run: Run) -> None:
    asked = ("--need", "ptsd", "--payer", "medicaid", "--payer", "va", "--limit", "2")
    assert run("catalog", "gaps", *DAY, *asked).out == snapshot("""\
2 places, 1 needs × 2 payers at each level

           OP              IOP              PHP
place  nobody  ask all  nobody  ask all  nobody  ask all
IL          2        0       1        0       2        0
WI          2        0       2        0       2        0

Served for sure in the fewest places ───────────────────────────────────────────
  - IOP, Post-traumatic stress disorder (PTSD), VA (Veterans Affairs): nobody
    for sure in 2 of 2
  - OP, Post-traumatic stress disorder (PTSD), Medicaid: nobody for sure in 2 of
    2

Of all pairs of need and payer: those nobody serves or may, and those for which
all must be asked. One place in full: --state or --near.
""")


def test_gaps_as_rows_have_every_cell(run: Run) -> None:
    asked = ("--need", "ptsd", "--payer", "medicaid", "--level", "iop", "--for", "veterans")
    assert rows(run("catalog", "gaps", *DAY, *asked, "-f", "csv").out) == [
        {
            "place": "IL",
            "level": "iop",
            "need": "ptsd",
            "payer": "medicaid",
            "served": "1",
            "may": "0",
            "cannot": "0",
            "open_programs": "1",
            "closed": "0",
            "ask_who": "0",
        },
        {
            "place": "WI",
            "level": "iop",
            "need": "ptsd",
            "payer": "medicaid",
            "served": "0",
            "may": "0",
            "cannot": "0",
            "open_programs": "0",
            "closed": "0",
            "ask_who": "0",
        },
    ]
    data = json.loads(run("catalog", "gaps", *DAY, *asked, "-f", "json").out)["gaps"]
    assert [cell["served"] for cell in data["cells"]] == [1, 0]


def test_gaps_of_a_need_nobody_knows_are_a_usage_error(run: Run) -> None:
    outcome = run("catalog", "gaps", "--need", "qqqqqq")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("opmatch: needs: ")


def test_diff_says_what_has_become_of_each_program(run: Run, catalog: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.yaml"
    text = CATALOG.replace("as_of: 2026-11-01", "as_of: 2026-11-20").replace(
        "id: harbor-op", "id: harbor-outpatient"
    )
    text = text.replace("payers: [medicaid]", "payers: [medicaid, va]").replace(
        "wait_days: 12, as_of: 2026-10-26", "wait_days: 3, as_of: 2026-11-19"
    )
    text = (
        text[: text.index("  - id: lakeside")]
        + "  - {id: new-one, name: New One, field: [mental-health], level: php}\n"
    )
    later.write_text(text, encoding="utf-8")
    outcome = run("catalog", "diff", catalog, later)
    assert (outcome.code, outcome.out) == (
        0,
        snapshot("""\
# What has changed

| | programs |
|---|---:|
| added | 1 |
| no longer listed | 1 |
| closed or paused | 0 |
| open again | 0 |
| moved | 0 |
| changed | 1 |
| under a new id alone | 1 |
| unchanged | 0 |

| field | changed in |
|---|---:|
| availability | 1 |
| payers | 1 |

## Added: 1

- New One, PHP (`new-one`)

## No longer listed: 1

- =Lakeside, OP, Milwaukee, WI 53202 (`lakeside`)

## Changed: 1

- Harbor Day Services, IOP, 1 Main St, Chicago, IL 60610 (`harbor-day`)
    - payers: Medicaid → Medicaid, VA (Veterans Affairs)
    - availability: waitlist, wait 12 days → waitlist, wait 3 days

## Under a new id alone: 1

- Harbor Outpatient, OP, 1 Main St, Chicago, IL 60610 (`harbor-outpatient`)
    - id: `harbor-op` → `harbor-outpatient` (matched by name and place)
"""),
    )
    data = json.loads(run("catalog", "diff", catalog, later, "-f", "json").out)
    assert data["counts"] == {
        "added": 1,
        "no_longer_listed": 1,
        "closed_or_paused": 0,
        "open_again": 0,
        "moved": 0,
        "changed": 1,
        "under_a_new_id_alone": 1,
        "unchanged": 0,
    }
    (change,) = [one for one in data["changed"][0]["fields"] if one["field"] == "payers"]
    assert [[payer["id"] for payer in change[side]["payers"]] for side in ("old", "new")] == [
        ["medicaid"],
        ["medicaid", "va"],
    ]


def test_diff_of_a_catalog_with_itself_is_empty(run: Run, catalog: Path) -> None:
    data = json.loads(run("catalog", "diff", catalog, catalog, "-f", "json").out)
    assert (data["added"], data["gone"], data["changed"], data["counts"]["unchanged"]) == ([], [], [], 3)


def test_diff_of_a_file_that_is_not_there_is_bad_input(run: Run, catalog: Path) -> None:
    outcome = run("catalog", "diff", catalog, catalog.parent / "none.yaml")
    assert (outcome.code, outcome.out) == (4, "")
