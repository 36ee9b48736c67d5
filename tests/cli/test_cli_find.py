"""`opmatch find`, `explain` and `compare` from words to answers, on a catalog of two programs."""

from __future__ import annotations

import csv
import io
import json
import stat
import sys
from pathlib import Path

import pytest
from cli_running import Run
from cli_running import run_fixture as run_fixture

CATALOG = """\
opmatch: 1
catalog: {name: County list, as_of: 2026-11-01}
programs:
  - id: lakeshore-trauma-iop
    name: Trauma Recovery IOP
    organization: Lakeshore Behavioral Health
    field: [mental-health]
    level: iop
    delivery: in-person
    site: {street: 1200 N Clark St, city: Chicago, state: IL, zip: "60610"}
    ages: [{min: 18}]
    needs: {specializes: [ptsd]}
    approaches: [cpt]
    payers: [medicaid]
    tracks:
      - {id: evening, days: [mon, wed, thu], start: "17:30", end: "20:30", seats_open: 3}
    intake: {phone: "312-867-4420"}
    verified: {date: 2026-11-01}
  - id: harbor-day
    name: Harbor Day Services
    field: [mental-health]
    level: op
    delivery: in-person
    site: {city: Chicago, state: IL, zip: "60622"}
    verified: {date: 2026-11-01}
"""
AS_OF = ("--as-of", "2026-11-23")


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    file = tmp_path / "county.yaml"
    file.write_text(CATALOG, encoding="utf-8")
    return file


def test_a_request_is_answered_with_programs_and_reasons(run: Run, catalog: Path) -> None:
    outcome = run(
        "find", "-c", catalog, *AS_OF, "-n", "ptsd", "-z", "60610", "--within", "10mi", "--payer", "medicaid",
        "-w", "weekdays after 5pm", "--level", "iop", "--safety", "none",
    )  # fmt: skip
    assert (outcome.code, outcome.err) == (0, "")
    for part in (
        "Trauma Recovery IOP",
        "evening track: Mon, Wed, Thu 17:30–20:30",
        "specializes in Post-traumatic stress disorder (PTSD)",
        "call    312-867-4420",
        "call or text 988",
    ):
        assert part in outcome.out


def test_the_same_request_from_a_file_or_from_options_gives_the_same_bytes(
    run: Run, catalog: Path, tmp_path: Path
) -> None:
    request = tmp_path / "request.yaml"
    request.write_text("needs: [ptsd]\nnear: '60610'\npayers: [medicaid]\nlevels: [op]\n")
    options = ("-c", catalog, *AS_OF, "-f", "json")
    from_file = run("find", *options, "-r", request, "--level", "iop")
    typed = run("find", *options, "-n", "ptsd", "-z", "60610", "--payer", "medicaid", "--level", "iop")
    assert from_file == typed
    assert from_file.code == 0


def test_every_form_of_the_answer_is_about_the_same_match(run: Run, catalog: Path) -> None:
    asked = ("find", "-c", catalog, *AS_OF, "-n", "ptsd", "--level", "iop")
    answer = json.loads(run(*asked, "-f", "json").out)
    assert [match["program"]["id"] for match in answer["matches"]] == ["lakeshore-trauma-iop"]
    assert answer["notices"][-1]["kind"] == "crisis"
    lines = run(*asked, "-f", "jsonl")
    assert json.loads(lines.out) == answer["matches"][0]
    assert "988" in lines.err
    rows = run(*asked, "-f", "csv")
    assert [row["id"] for row in csv.DictReader(io.StringIO(rows.out))] == ["lakeshore-trauma-iop"]
    assert "988" in rows.err
    assert "### 1. Trauma Recovery IOP" in run(*asked, "-f", "markdown").out


def test_nothing_that_fits_exits_1_unless_told_otherwise(run: Run, catalog: Path) -> None:
    asked = ("find", "-c", catalog, *AS_OF, "--level", "php")
    assert run(*asked).code == 1
    assert "None of 2 programs fits." in run(*asked).out
    assert run(*asked, "--exit-zero").code == 0


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "markdown"])
def test_a_safety_stop_ranks_nothing_and_says_why_on_both_streams(run: Run, catalog: Path, form: str) -> None:
    outcome = run("find", "-c", catalog, *AS_OF, "-n", "ptsd", "--safety", "imminent-risk", "-f", form)
    assert outcome.code == 3
    assert "911" in outcome.out
    assert "911" in outcome.err
    assert "Trauma Recovery IOP" not in outcome.out


def test_nobody_in_danger_is_told_to_mend_a_catalog_first(run: Run, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("opmatch: 1\nprograms: [{id: x}]\n", encoding="utf-8")
    asked = ("find", "-c", tmp_path / "broken.yaml", *AS_OF, "--need")
    stopped = run(*asked, "I took all my pills and I'm saying goodbye")
    assert (stopped.code, "911" in stopped.out, "911" in stopped.err) == (3, True, True)
    assert run(*asked, "depression").code == 4
    assert run(*asked, "depression", "--near", "no such place anywhere").code == 4


def test_a_safety_stop_goes_before_explaining_and_comparing(run: Run, catalog: Path) -> None:
    flags = ("-c", catalog, *AS_OF, "--safety", "needs-24h")
    for command in (("explain", "harbor-day"), ("compare", "harbor-day", "lakeshore-trauma-iop")):
        assert run(*command, *flags).code == 3
        stopped = json.loads(run(*command, *flags, "-f", "json").out)
        assert stopped["safety_stop"]["flag"] == "needs-24h"


def test_explain_answers_whatever_the_tier(run: Run, catalog: Path) -> None:
    asked = ("explain", "harbor-day", "-c", catalog, *AS_OF, "--level", "iop", "-n", "ptsd")
    outcome = run(*asked)
    assert outcome.code == 0
    assert "NOT MET  level" in outcome.out
    assert "would be met with: --level op --level iop" in outcome.out
    answer = json.loads(run(*asked, "-f", "json").out)
    assert list(answer) == ["schema", "request", "match"]
    assert answer["match"]["tier"] == "out"


def test_compare_with_and_without_a_request(run: Run, catalog: Path) -> None:
    asked = ("compare", "harbor-day", "lakeshore-trauma-iop", "-c", catalog, *AS_OF)
    bare = json.loads(run(*asked, "-f", "json").out)
    assert (bare["request"], bare["matches"]) == (None, [])
    assert [program["id"] for program in bare["programs"]] == ["harbor-day", "lakeshore-trauma-iop"]
    with_request = json.loads(run(*asked, "-n", "ptsd", "-f", "json").out)
    assert [match["program"]["id"] for match in with_request["matches"]] == [
        "harbor-day",
        "lakeshore-trauma-iop",
    ]
    assert "For this request" in run(*asked, "-n", "ptsd").out
    assert "For this request" not in run(*asked).out


def test_an_unknown_program_is_met_with_suggestions(run: Run, catalog: Path) -> None:
    for command in ("explain", "show", "compare"):
        outcome = run(command, "harbor-dya", "-c", catalog, *AS_OF)
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.endswith("did you mean harbor-day?\n")


def test_an_answer_in_a_file_is_private_and_stdout_empty(run: Run, catalog: Path, tmp_path: Path) -> None:
    out = tmp_path / "answer.json"
    outcome = run("find", "-c", catalog, *AS_OF, "-f", "json", "-o", out)
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == f"wrote {out}; this file is health information: keep it as private as a chart\n"
    assert json.loads(out.read_text(encoding="utf-8"))["schema"] == 1
    if sys.platform != "win32":
        assert stat.S_IMODE(out.stat().st_mode) == 0o600
    refused = run("find", "-c", catalog, *AS_OF, "-o", tmp_path)
    assert (refused.code, refused.out) == (2, "")


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (["--near", "00000"], 2, "00000"),
        (["--need", "zzzzqqq"], 2, "zzzzqqq"),
        (["--when", "mon 25:00-26:00"], 2, "25:00"),
        (["--level", "sauna"], 2, "sauna"),
        (["--near", "60610", "--within", "far"], 2, "far"),
        (["--age", "-3"], 2, "-3"),
        (["--start-by", "someday"], 2, "someday"),
        (["--safety", "maybe"], 2, "maybe"),
        (["--weights", "gold"], 2, "gold"),
        (["--must", "parking"], 2, "parking"),
        (["--request", "none.yaml"], 4, "none.yaml"),
    ],
)
def test_bad_input_is_one_clear_line(
    run: Run, catalog: Path, arguments: list[str], code: int, part: str
) -> None:
    outcome = run("find", "-c", catalog, *AS_OF, *arguments)
    assert (outcome.code, outcome.out) == (code, "")
    (line,) = outcome.err.splitlines()
    assert line.startswith("opmatch: ")
    assert part in line


def test_a_fictional_catalog_is_marked_everywhere_and_gives_no_numbers(run: Run) -> None:
    for form in ("table", "markdown", "csv"):
        outcome = run("find", "-f", form, "--limit", "50")
        assert outcome.code == 0
        assert "fictional" in outcome.out
        assert "-555-" not in outcome.out
    assert run("find").out.startswith("! SAMPLE CATALOG")


def test_the_sample_does_not_age(run: Run) -> None:
    assert json.loads(run("find", "-f", "json").out)["as_of"] == "2026-11-01"
