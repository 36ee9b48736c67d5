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
 2.   84.5 Harbor Outpatient, OP, 312-867-4420
           harbor-op
           needs not listed; appointments not listed; availability not listed;
           approaches not listed; 5 more

Points are of 100: what the answers could move in a ranking by the balanced
weights, less what the age of a fact has left of it. Keep an answer: opmatch
catalog correct PROGRAM FIELD VALUE --by phone
""")


def test_stale_as_rows_is_safe_for_a_spreadsheet(run: Run) -> None:
    found = rows(run("catalog", "stale", *DAY, "-f", "csv", "--state", "wi").out)
    assert {(row["program"], row["name"], row["phone"]) for row in found} == {("lakeside", "'=Lakeside", "")}
    data = json.loads(run("catalog", "stale", *DAY, "-f", "json", "--state", "WI").out)
    assert [fact["field"] for fact in data["worklist"][0]["facts"]] == [row["field"] for row in found]


def test_the_call_sheet_has_each_number_once(run: Run) -> None:
    assert run("catalog", "stale", *DAY, "-f", "sheet", "--near", "60610", "--listed").out == snapshot("""\
# Calls to make

1 of 1 numbers, the most at stake first.

## 1. 312-867-4420

- Harbor Day Services, Harbor, IOP (harbor-day)

- [ ] How soon could a new client start?
    - listed, 28 days old: waitlist, wait 12 days

Called on ____________ by ____________, spoke to ____________

Points are of 100: what the answers could move in a ranking by the balanced weights, less what the age of a fact has left of it. Keep an answer: opmatch catalog correct PROGRAM FIELD VALUE --by phone
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
