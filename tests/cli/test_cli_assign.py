"""`opmatch assign` from a file of people to a placement, a table, JSON and CSV."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from cli_running import Run
from cli_running import run_fixture as run_fixture
from inline_snapshot import snapshot

from opmatch.shipped import sample_catalog

CATALOG = """\
opmatch: 1
catalog: {name: County list, as_of: 2026-11-20}
programs:
  - id: lakeshore-trauma-iop
    name: Trauma Recovery IOP
    organization: Lakeshore Behavioral Health
    field: [mental-health]
    level: iop
    delivery: in-person
    site: {street: 1200 N Clark St, city: Chicago, state: IL, zip: "60610"}
    needs: {specializes: [ptsd]}
    payers: [medicaid]
    tracks:
      - {id: evening, days: [mon, wed, thu], start: "17:30", end: "20:30", seats_open: 1}
      - {id: morning, days: [mon, wed, thu], start: "09:00", end: "12:00", seats_open: 0}
    intake: {phone: "312-867-4420"}
    verified: {date: 2026-11-20}
  - id: harbor-iop
    name: =Harbor IOP
    field: [mental-health, substance-use]
    level: iop
    delivery: in-person
    site: {city: Chicago, state: IL, zip: "60622"}
    needs: {treats: [ptsd]}
    payers: [medicaid]
    tracks:
      - {id: evening, days: [mon, wed, thu], start: "17:30", end: "20:30", seats_open: 1}
    verified: {date: 2026-11-20}
"""
PEOPLE = """\
ref,Priority,needs,levels,near,payers,when,safety
A-1,routine,ptsd,iop,60610,medicaid,weekdays,none
A-2,URGENT,ptsd,iop,60614,medicaid,weekdays after 4pm,none
A-3,,ptsd,iop,60610,medicaid,weekdays after 4pm,none
A-4,soon,ptsd,php,60610,medicaid,,none
"""
STOPPED = "A-5,urgent,ptsd,iop,60610,medicaid,,imminent-risk\n"
INVALID = "A-6,urgnt,ptsd,iop,60610,medicaid,,none\n"
AS_OF = ("--as-of", "2026-11-23")


@pytest.fixture(name="assign")
def assign_fixture(run: Run, tmp_path: Path) -> Run:
    """Runs `opmatch assign` on people written to a file, which is the first argument."""
    catalog = tmp_path / "county.yaml"
    catalog.write_text(CATALOG, encoding="utf-8")

    def assign(people: object, *arguments: object) -> Any:
        file = people
        if isinstance(people, str):
            file = tmp_path / "people.csv"
            file.write_text(people, encoding="utf-8")
        return run("assign", file, "-c", catalog, *AS_OF, *arguments)

    return assign


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_placement_is_told_in_eighty_columns(assign: Run) -> None:
    outcome = assign(PEOPLE + STOPPED + INVALID)
    assert outcome.code == 3
    assert outcome.err.startswith("opmatch: This can't wait for an outpatient program\n")
    assert outcome.err.endswith("not placed, safety comes first: A-5\n")
    assert max(map(len, outcome.out.splitlines())) <= 80
    assert outcome.out == snapshot("""\
- A proposal: a person approves each placement, and asks for each seat by a
  call. opmatch sends nothing and holds no seat.
- No age was given, so programs for children, teens and adults are among these
  (A-1, A-2, A-3, A-4).
- Substance-use records: get the consent 42 CFR Part 2 asks for before you send
  anything about a client. opmatch sends nothing (A-2).

6 people: 2 placed, 2 waiting, 1 stopped for safety, 1 invalid.
2 open seats can be counted on, in 2 tracks.

Stopped for safety: not placed ─────────────────────────────────────────────────
This can't wait for an outpatient program (A-5)
If someone has taken something, is hurt, can't be woken, or is about to act,
call 911 now. Otherwise call or text 988 now and stay on the line. Don't leave
the person alone; move firearms, medicines and anything else that could be used
out of reach. No programs are ranked: outpatient care comes after the danger has
been seen to.

Placed ─────────────────────────────────────────────────────────────────────────
A-1            routine Trauma Recovery IOP, evening track [lakeshore-trauma-iop]
                       Intensive outpatient (IOP) · 0.0 mi, about 0 min each way
                       · call 312-867-4420
                       Mon, Wed, Thu 17:30–20:30
                       93 points, choice 1 of 2
A-2            urgent  =Harbor IOP, evening track [harbor-iop]
                       Intensive outpatient (IOP) · 2.1 mi, about 7 min each way
                       Mon, Wed, Thu 17:30–20:30 (leave 17:23, back 20:37)
                       82 points, choice 2 of 2; better, and full: Trauma
                       Recovery IOP, evening track (92 points, 312-867-4420)

Waiting ────────────────────────────────────────────────────────────────────────
A-3            routine 2 tracks with open seats fit; others have all of them.
A-4            soon    No program fits.
                       nearest: Trauma Recovery IOP, out by level

Can't be read ──────────────────────────────────────────────────────────────────
A-6            routine priority: "urgnt" is none of urgent, soon, routine; did
                       you mean urgent?

Where one more seat would help most ────────────────────────────────────────────
  - Trauma Recovery IOP, morning track [lakeshore-trauma-iop]; none listed
    would place one more person (routine), +94 points in all
  - Trauma Recovery IOP, evening track [lakeshore-trauma-iop]; 1 listed, 1
    counted
    would place one more person (routine), +93 points in all
  - =Harbor IOP, evening track [harbor-iop]; 1 listed, 1 counted
    would place one more person (routine), +82 points in all

Against first come, first served ───────────────────────────────────────────────
               here  first come
people placed     2           2
urgent            1           1
points in all   175         175

Most people are placed first, and of them the urgent; then the scores are
highest in sum. A choice is ranked by the person's own request. Seats are what
is listed as open, fewer the older the listing is: call before anybody is told.
Being listed here is no endorsement.

In crisis or thinking about suicide: call or text 988, the Suicide & Crisis
Lifeline, free, day and night, or chat at 988lifeline.org.
En español: call 988 and press 2, or text AYUDA to 988.
Veterans and service members: call 988 and press 1, or text 838255.
Deaf and hard of hearing: 988 by videophone in American Sign Language, from
988lifeline.org.
Immediate danger to life: call 911.
Looking for treatment: SAMHSA helpline, 1-800-662-4357 (treatment referral, not
a crisis line).
""")


@pytest.mark.parametrize(
    ("people", "code"),
    [
        (PEOPLE + STOPPED + INVALID, 3),
        (PEOPLE + INVALID, 4),
        (PEOPLE, 1),
        ("\n".join(PEOPLE.splitlines()[:3]), 0),
    ],
)
def test_the_exit_code_tells_the_gravest_of_all(assign: Run, people: str, code: int) -> None:
    assert assign(people, "-f", "json").code == code
    assert assign(people, "-f", "json", "--exit-zero").code == (0 if code == 1 else code)


def test_json_has_the_names_of_the_contract(assign: Run) -> None:
    outcome = assign(PEOPLE + STOPPED + INVALID, "--format", "json")
    answer = json.loads(outcome.out)
    assert answer["schema"] == 1
    assert (answer["people"], answer["waiting"], answer["stopped"], answer["invalid"]) == (6, 2, 1, 1)
    assert answer["totals"]["placed"] == 2
    assert answer["notices"][-1]["kind"] == "crisis"
    kinds = {one["ref"]: one["result"] for one in answer["assignments"]}
    assert kinds == {
        "A-1": "placed",
        "A-2": "placed",
        "A-3": "waiting",
        "A-4": "waiting",
        "A-5": "stopped",
        "A-6": "invalid",
    }
    placed = answer["assignments"][0]["placed"]
    assert placed["program"]["id"] == "lakeshore-trauma-iop"
    assert placed["option"] == {"mode": "in-person", "track": "evening"}
    assert [one["day"] for one in placed["sessions"]] == ["mon", "wed", "thu"]
    assert answer["assignments"][4]["safety_stop"]["flag"] == "imminent-risk"


def test_csv_has_a_row_a_person_in_their_order_and_no_formula(assign: Run) -> None:
    outcome = assign(PEOPLE + STOPPED + INVALID, "--format", "csv")
    found = rows(outcome.out)
    assert [(one["ref"], one["priority"], one["result"]) for one in found] == [
        ("A-1", "routine", "placed"),
        ("A-2", "urgent", "placed"),
        ("A-3", "routine", "waiting"),
        ("A-4", "soon", "waiting"),
        ("A-5", "urgent", "stopped"),
        ("A-6", "routine", "invalid"),
    ]
    assert found[1]["name"] == "'=Harbor IOP"
    assert found[3]["reason"] == "no-fit"
    assert found[4]["safety"].startswith("This can't wait")
    assert "988" in outcome.err


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_what_was_asked_is_written_only_on_request(assign: Run, form: str) -> None:
    people = PEOPLE.replace("medicaid", "medicaid; private:aetna").replace("60614", "60657")
    without = assign(people, "-f", form).out
    assert "aetna" not in without.lower()
    assert "60657" not in without
    if form != "table":
        assert "60657" in assign(people, "-f", form, "--with-request").out


def test_the_file_written_is_private_and_said_to_be_health_data(assign: Run, tmp_path: Path) -> None:
    out = tmp_path / "placement.json"
    outcome = assign(PEOPLE, "-f", "json", "-o", out)
    assert outcome.out == ""
    assert "health information" in outcome.err
    assert json.loads(out.read_text(encoding="utf-8"))["people"] == 4
    if os.name == "posix":
        assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_json_lines_say_the_same_as_a_sheet(assign: Run, tmp_path: Path) -> None:
    lines = [
        json.dumps(
            {
                key.lower(): value.split("; ")
                if key in ("needs", "levels", "payers", "when", "safety")
                else value
                for key, value in row.items()
                if value
            }
        )
        for row in rows(PEOPLE + INVALID)
    ]
    file = tmp_path / "people.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    assert assign(file, "-f", "json").out == assign(PEOPLE + INVALID, "-f", "json").out


def test_the_template_is_a_file_of_people(run: Run, assign: Run) -> None:
    sheet = run("assign", "--template").out
    assert sheet.splitlines()[-1].endswith(",priority")
    header = next(csv.reader([sheet.splitlines()[-1]]))
    row = ["" for _ in header]
    row[header.index("needs")], row[header.index("levels")] = "ptsd", "iop"
    outcome = assign(sheet + ",".join(row) + "\n", "-f", "json")
    assert [one["result"] for one in json.loads(outcome.out)["assignments"]] == ["placed"]


def test_a_sheet_needs_no_priority(assign: Run) -> None:
    outcome = assign("ref,needs,levels,safety\nA-1,ptsd,iop,none\n", "-f", "json")
    assert [one["priority"] for one in json.loads(outcome.out)["assignments"]] == ["routine"]
    assert outcome.code == 0


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ("ref,priority,Priority,needs\nA-1,,,ptsd\n", "has the column priority twice"),
        ("ref,priority,colour\nA-1,,red\n", 'no request has the column "colour"'),
        ("ref,colour\nA-1,red\n", 'no request has the column "colour"'),
        ("name,priority\nJane,urgent\n", "name"),
    ],
)
def test_columns_that_are_none_of_a_request_are_refused(assign: Run, people: str, told: str) -> None:
    outcome = assign(people)
    assert (outcome.code, outcome.out) == (4, "")
    assert told in outcome.err
    assert "Jane" not in outcome.err


def test_the_sample_is_refused_unless_it_is_named(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE, encoding="utf-8")
    refused = run("assign", file)
    assert (refused.code, refused.out) == (2, "")
    assert "fictional" in refused.err
    named = run("assign", file, "-c", sample_catalog())
    assert named.out.startswith("! SAMPLE CATALOG: every program here is fictional.")


def test_without_the_extra_it_is_said_what_to_install(assign: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *more: None if name == "scipy" else find_spec(name, *more)
    )
    outcome = assign(PEOPLE)
    assert (outcome.code, outcome.out) == (2, "")
    assert "pip install 'opmatch[assign]'" in outcome.err


def test_the_answer_never_replaces_the_people(assign: Run, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    outcome = assign(PEOPLE, "-o", file)
    assert outcome.code == 2
    assert file.read_text(encoding="utf-8") == PEOPLE


def test_words_of_danger_stop_whatever_else_is_wrong(assign: Run) -> None:
    people = PEOPLE + 'A-7,urgnt,"goodbye everyone, I took all the pills tonight",iop,60610,,,\n'
    outcome = assign(people, "-f", "json")
    last = json.loads(outcome.out)["assignments"][-1]
    assert (outcome.code, last["result"], last["safety_stop"]["flag"]) == (3, "stopped", "imminent-risk")


def test_one_ref_twice_is_told(assign: Run) -> None:
    outcome = assign(PEOPLE + PEOPLE.splitlines()[1] + "\n", "-f", "json")
    notices = {one["kind"]: one["text"] for one in json.loads(outcome.out)["notices"]}
    assert notices["twice"] == "A-1 is the ref of rows 1, 5: each is taken for a person of its own."


def test_nobody_at_all_is_an_answer_too(assign: Run) -> None:
    outcome = assign("ref,priority,needs\n", "-f", "json")
    assert (outcome.code, json.loads(outcome.out)["assignments"]) == (0, [])
