"""`opmatch batch`: what `find` says to each request, in order, whatever file they come in."""

from __future__ import annotations

import csv
import io
import json
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from cli_running import Run
from cli_running import run_fixture as run_fixture
from inline_snapshot import snapshot

from batch_requests import (
    SAMPLE,
    Document,
    a_small_catalog,
    as_csv,
    as_json_lines,
    as_workbook,
    some_requests,
)

REQUESTS = some_requests(48)
FEW: list[Document] = [
    {
        "ref": "A-1",
        "needs": ["ptsd"],
        "near": "60610",
        "age": "34",
        "payers": ["medicaid"],
        "safety": ["none"],
    },
    {"ref": "A-2", "needs": ["down zork"], "age": "abc"},
    {"ref": "A-3", "needs": ["F32.1"], "safety": ["needs-24h"]},
    {"needs": ["goodbye everyone, I took all the pills tonight"]},
    {"ref": "A-5", "needs": ["gambling"], "near": "99950", "levels": ["php"]},
]


class Stdin:
    """Standard input that holds these bytes."""

    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)


@pytest.fixture(name="catalog", scope="module")
def catalog_fixture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_small_catalog(tmp_path_factory.mktemp("catalog"))


@pytest.fixture(name="batch")
def batch_fixture(run: Run, monkeypatch: pytest.MonkeyPatch, catalog: Path) -> Run:
    """Runs `opmatch batch -` on some fictional programs, with the first argument as standard input."""

    def batch(content: bytes, *arguments: object) -> Any:
        monkeypatch.setattr(sys, "stdin", Stdin(content))
        return run("batch", "-", "-c", catalog, *arguments)

    return batch


def lines(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_each_request_gets_what_find_answers(run: Run, batch: Run, catalog: Path, tmp_path: Path) -> None:
    answers = lines(batch(as_json_lines(REQUESTS), "--with-request", "-j1").out)
    assert [answer["row"] for answer in answers] == list(range(1, len(REQUESTS) + 1))
    for request, answer in zip(REQUESTS, answers, strict=True):
        file = tmp_path / "r.json"
        file.write_text(json.dumps(request), encoding="utf-8")
        found = run("find", "-r", file, "-c", catalog, "--format", "json")
        ref = answer.pop("ref")
        del answer["row"]
        if "error" in answer:
            assert found.code == 4
            assert all(problem["message"] in found.err for problem in answer["error"]["problems"])
        else:
            assert json.loads(found.out) == answer
            assert ref == answer["request"]["ref"]


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_the_bytes_don_t_depend_on_the_number_of_processes(batch: Run, form: str) -> None:
    content = as_json_lines(REQUESTS)
    one, two = (batch(content, "-f", form, "-j", jobs, "--with-request") for jobs in (1, 2))
    assert one == two


def test_a_sheet_a_workbook_and_json_lines_are_answered_alike(
    run: Run, batch: Run, catalog: Path, tmp_path: Path
) -> None:
    book = as_workbook(REQUESTS, tmp_path / "r.xlsx")
    expected = batch(as_json_lines(REQUESTS))
    assert expected.out
    assert batch(as_csv(REQUESTS)) == expected
    assert batch(book.read_bytes()) == expected
    assert run("batch", book, "-c", catalog) == expected


def test_a_request_without_the_right_words_says_what_to_mend(batch: Run) -> None:
    asked = as_json_lines(FEW[1:2])
    assert lines(batch(asked, "--with-request").out) == snapshot(
        [
            {
                "row": 1,
                "ref": "A-2",
                "error": {
                    "kind": "invalid",
                    "message": "needs: unknown need 'down zork'; did you mean depression, mood?; age: \"abc\" is no age; write whole years from 0 to 120",
                    "problems": [
                        {
                            "key": "needs",
                            "message": "unknown need 'down zork'; did you mean depression, mood?",
                            "candidates": ["depression", "mood"],
                        },
                        {"key": "age", "message": '"abc" is no age; write whole years from 0 to 120'},
                    ],
                },
            }
        ]
    )
    assert lines(batch(asked).out) == snapshot(
        [
            {
                "row": 1,
                "ref": "A-2",
                "error": {
                    "kind": "invalid",
                    "message": 'needs: is no need that is known for sure; did you mean depression, mood?; age: "…" is no age; write whole years from 0 to 120',
                    "problems": [
                        {
                            "key": "needs",
                            "message": "is no need that is known for sure; did you mean depression, mood?",
                            "candidates": ["depression", "mood"],
                        },
                        {"key": "age", "message": '"…" is no age; write whole years from 0 to 120'},
                    ],
                },
            }
        ]
    )
    assert batch(asked).code == 4


def test_what_is_said_in_the_end(batch: Run) -> None:
    outcome = batch(as_json_lines(FEW))
    assert outcome.code == 3
    assert outcome.err == snapshot("""\
answered 5 requests: 1 with matches, 1 with none, 1 invalid, 2 stopped for safety
SAMPLE CATALOG: every program here is fictional. Load a real directory before referring anyone.
In crisis or thinking about suicide: call or text 988, the Suicide & Crisis Lifeline, free, day and night, or chat at 988lifeline.org.
En español: call 988 and press 2, or text AYUDA to 988.
Veterans and service members: call 988 and press 1, or text 838255.
Deaf and hard of hearing: 988 by videophone in American Sign Language, from 988lifeline.org.
Immediate danger to life: call 911.
Looking for treatment: SAMHSA helpline, 1-800-662-4357 (treatment referral, not a crisis line).
Outpatient care isn't enough right now
Outpatient programs, partial hospitalization included, are for people who are safe without monitoring through the night. Someone who needs it should be seen today at an emergency department or a crisis center, or call or text 988 to find one; a hospital or residential program can plan the step down to outpatient care from there. No programs are ranked.
This can't wait for an outpatient program
If someone has taken something, is hurt, can't be woken, or is about to act, call 911 now. Otherwise call or text 988 now and stay on the line. Don't leave the person alone; move firearms, medicines and anything else that could be used out of reach. No programs are ranked: outpatient care comes after the danger has been seen to.
not ranked, safety comes first: A-3, row 4
""")


def test_a_safety_stop_has_its_text_and_no_matches(batch: Run) -> None:
    _, _, flagged, heard, _ = lines(batch(as_json_lines(FEW)).out)
    assert [one["safety_stop"]["flag"] for one in (flagged, heard)] == ["needs-24h", "imminent-risk"]
    assert [one["matches"] for one in (flagged, heard)] == [[], []]
    assert (heard["row"], heard["ref"]) == (4, None)


@pytest.mark.parametrize(
    ("requests", "options", "code"),
    [
        (FEW, (), 3),
        (FEW, ("--exit-zero",), 3),
        ([FEW[0], FEW[1], FEW[4]], ("--exit-zero",), 4),
        ([FEW[0], FEW[4]], (), 1),
        ([FEW[0], FEW[4]], ("--exit-zero",), 0),
        ([FEW[0]], (), 0),
        ([FEW[0], FEW[1], FEW[2]], ("--strict",), 4),
        ([FEW[2], FEW[1], FEW[0]], ("--strict",), 3),
    ],
)
def test_the_exit_code_says_the_gravest(
    batch: Run, requests: list[Document], options: tuple[str, ...], code: int
) -> None:
    assert batch(as_json_lines(requests), *options).code == code


def test_strict_stops_at_the_first_row_that_is_wrong_and_leaves_no_file(batch: Run, tmp_path: Path) -> None:
    out = tmp_path / "o.jsonl"
    outcome = batch(as_json_lines(FEW), "--strict", "-o", out)
    assert "standard input: A-2: needs: " in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_requests_has_no_answers(batch: Run, tmp_path: Path) -> None:
    out = tmp_path / "o.csv"
    outcome = batch(b"ref,needs\n", "-o", out)
    assert outcome.code == 0
    assert outcome.err.startswith("answered 0 requests\n")
    assert out.read_bytes().count(b"\n") == 1
    assert batch(b"ref,needs\n").out == ""


def test_answers_of_a_sheet_are_for_spreadsheets(batch: Run) -> None:
    requests = [*FEW, {"ref": "=HYPERLINK(1)", "needs": ["ptsd"], "near": "60610"}]
    rows = list(csv.DictReader(io.StringIO(batch(as_json_lines(requests), "-f", "csv").out)))
    assert all(len(row) == len(rows[0]) and None not in row for row in rows)
    results = {row["row"]: row["result"] for row in rows}
    assert results == {
        "1": "matched", "2": "invalid", "3": "stopped", "4": "stopped", "5": "nothing", "6": "matched"
    }  # fmt: skip
    assert [row["safety_stop"] for row in rows if row["result"] == "stopped"] == [
        "needs-24h",
        "imminent-risk",
    ]
    assert {row["ref"] for row in rows if row["row"] == "6"} == {"'=HYPERLINK(1)"}
    assert not any(value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())


def test_safety_questions_are_told_where_nothing_matches_too(batch: Run) -> None:
    request = {"needs": ["alcohol"], "near": "99950", "levels": ["php"]}
    (row,) = csv.DictReader(io.StringIO(batch(as_json_lines([request]), "-f", "csv").out))
    assert row["result"] == "nothing"
    assert "Drinking heavily" in row["safety"]


def test_files_are_private_and_say_that_they_are_health_data(batch: Run, tmp_path: Path) -> None:
    out, calls = tmp_path / "o.jsonl", tmp_path / "calls.md"
    outcome = batch(as_json_lines(FEW), "-o", out, "--calls", calls)
    assert outcome.out == ""
    assert sorted(tmp_path.iterdir()) == [calls, out], "nothing else is left"
    assert [stat.S_IMODE(path.stat().st_mode) for path in (out, calls)] == [0o600, 0o600]
    assert outcome.err.count("is health information") == 2
    assert out.read_text(encoding="utf-8") == batch(as_json_lines(FEW)).out


def test_the_form_follows_the_name_of_the_file(batch: Run, tmp_path: Path) -> None:
    batch(as_json_lines(FEW), "-o", tmp_path / "o.csv")
    assert (tmp_path / "o.csv").read_text(encoding="utf-8").startswith("row,ref,result,")


def test_calls_name_each_number_once_with_everybody_to_ask_for(run: Run, tmp_path: Path) -> None:
    file, catalog, calls = tmp_path / "r.jsonl", tmp_path / "c.yaml", tmp_path / "calls.md"
    catalog.write_text(CATALOG, encoding="utf-8")
    requests = [
        {"ref": "A-1", "needs": ["ptsd"], "near": "60610", "payers": ["medicaid"], "age": "34"},
        {"needs": ["ptsd"], "near": "60610", "payers": ["medicaid"], "age": "34"},
    ]
    file.write_bytes(as_json_lines(requests))
    run("batch", file, "-c", catalog, "--calls", calls, "--as-of", "2026-11-23")
    text = calls.read_text(encoding="utf-8")
    assert text.count("312-867-4420") == 1
    assert text == snapshot("""\
# Calls to make

1 number. Under each question is whom it is for, by ref or by row of the batch. Say no more about anybody than the question needs.

## 1. 312-867-4420, for 2 people

- Trauma Recovery IOP, Lakeshore Behavioral Health, IOP (lakeshore-iop)
- Outpatient Counseling, Lakeshore Behavioral Health, OP (lakeshore-outpatient)

- [ ] How soon could a new client start?
    - A-1
    - row 2
- [ ] Do you treat Post-traumatic stress disorder (PTSD)?
    - A-1 (lakeshore-outpatient)
    - row 2 (lakeshore-outpatient)
- [ ] Do you take Medicaid, and are you taking new clients with it?
    - A-1
    - row 2
- [ ] Which of these do you offer for PTSD: PE, CPT or EMDR?
    - A-1 (lakeshore-iop)
    - row 2 (lakeshore-iop)
- [ ] Do you take a 34-year-old?
    - A-1 (lakeshore-iop)
    - row 2 (lakeshore-iop)

Called on ____________ by ____________, spoke to ____________
""")


CATALOG = """\
opmatch: 1
catalog: {name: County list, as_of: 2026-11-01}
programs:
  - id: lakeshore-iop
    name: Trauma Recovery IOP
    organization: Lakeshore Behavioral Health
    field: [mental-health]
    level: iop
    delivery: in-person
    site: {street: 1200 N Clark St, city: Chicago, state: IL, zip: "60610"}
    needs: {specializes: [ptsd]}
    intake: {phone: "312-867-4420"}
    verified: {date: 2026-11-01}
  - id: lakeshore-outpatient
    name: Outpatient Counseling
    organization: Lakeshore Behavioral Health
    field: [mental-health]
    level: op
    delivery: in-person
    site: {street: 1200 N Clark St, city: Chicago, state: IL, zip: "60610"}
    ages: [{min: 18}]
    intake: {phone: "(312) 867-4420"}
    verified: {date: 2026-11-01}
"""


def test_the_sample_is_refused_unless_it_is_named(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "r.csv"
    file.write_bytes(b"ref\nA\n")
    outcome = run("batch", file)
    assert (outcome.code, outcome.out) == (2, "")
    assert "the bundled sample is fictional" in outcome.err
    assert run("batch", file, "-c", SAMPLE).code == 0


def test_the_template_is_a_sheet_that_batch_reads(run: Run, batch: Run, tmp_path: Path) -> None:
    printed = run("batch", "--template")
    assert printed.code == 0
    run("batch", "--template", "-o", tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text(encoding="utf-8").splitlines() == printed.out.splitlines()
    filled = printed.out.encode() + b"A-1,ptsd" + b"\r\n"
    assert [answer["ref"] for answer in lines(batch(filled).out)] == ["A-1"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "name a file of requests"),
        (("-", "--resume"), 2, "name it with --out"),
        (("-", "-f", "json"), 2, "is none of jsonl, csv"),
        (("-", "-o", "a.x", "--calls", "./a.x"), 2, "are the same file"),
        (("none.csv",), 4, "none.csv: is not there"),
        (("-", "--as-of", "tomorrow"), 2, "is no date"),
        (("-", "-o", "."), 2, "is a folder"),
        (("-", "-o", "no/such/folder/o.jsonl"), 2, "can't be written"),
        (("-", "--jobs", "0"), 2, "--jobs"),
    ],
)
def test_what_can_t_be_done_is_said_before_anything_is(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    arguments: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", Stdin(b"ref\nA\n"))
    outcome = run("batch", *arguments, "-c", SAMPLE)
    assert (outcome.code, outcome.out) == (code, "")
    assert said in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_is_no_file_is_written_straight_to(batch: Run) -> None:
    assert batch(as_json_lines(FEW[:1]), "-o", "/dev/null").code == 0


def test_a_row_nobody_can_read_is_listened_to_all_the_same(batch: Run) -> None:
    rows = b'{"note": "I want to end my life", "ref": "A-1"}\n{"note": "tea", "ref": "A-2"}\n'
    heard, ordinary = (line["error"] for line in lines(batch(rows).out))
    assert "988" in heard["help"]
    assert "help" not in ordinary
