"""`opmatch catalog`: check, use, schema, import; and which catalog is searched."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from cli_running import Run
from cli_running import run_fixture as run_fixture

CATALOG = """\
opmatch: 1
catalog: {name: County list, as_of: 2026-11-01}
programs:
  - id: harbor-day
    name: Harbor Day Services
    field: [mental-health]
    level: iop
    delivery: in-person
    site: {city: Chicago, state: IL, zip: "60610"}
    intake: {phone: "312-867-4420"}
    verified: {date: 2026-11-01}
"""
SAMHSA = """\
name1,name2,street1,street2,city,state,zip,phone,intake1,service_code_info
Harbor Clinic,,1 Main St,,Chicago,IL,60610,312-867-4420,,OP * MH * ADLT
Harbor Hospital,,2 Main St,,Chicago,IL,60610,312-867-4421,,HI * MH * ADLT
"""


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    file = tmp_path / "county.yaml"
    file.write_text(CATALOG, encoding="utf-8")
    return file


def test_check_counts_what_can_be_used(run: Run, catalog: Path) -> None:
    outcome = run("catalog", "check", catalog, "--as-of", "2026-11-23")
    assert outcome.code == 0
    assert outcome.out.splitlines()[-1].startswith("1 program can be used; ")
    data = json.loads(run("catalog", "check", catalog, "--as-of", "2026-11-23", "-f", "json").out)
    assert (data["schema"], data["catalogs"][0]["programs"]) == (1, 1)


def test_check_tells_every_problem_with_its_place(run: Run, catalog: Path) -> None:
    catalog.write_text(CATALOG.replace("level: iop", "level: iopp").replace("60610", "99999x"))
    outcome = run("catalog", "check", catalog)
    assert (outcome.code, outcome.out) == (4, "")
    lines = outcome.err.splitlines()
    assert len(lines) == 2
    assert all(line.startswith(f"opmatch: {catalog}:") and "`harbor-day`" in line for line in lines)


def test_strict_makes_doubts_count(run: Run, catalog: Path) -> None:
    catalog.write_text(CATALOG.replace('    intake: {phone: "312-867-4420"}\n', ""))
    assert run("catalog", "check", catalog, "--as-of", "2026-11-23").code == 0
    outcome = run("catalog", "check", catalog, "--as-of", "2026-11-23", "--strict")
    assert outcome.code == 1
    assert outcome.out == (
        "no-contact (1): No way to call or write\n"
        f"  {catalog}:4: program `harbor-day`: `intake`: has neither phone nor url; add one\n\n"
        "1 program can be used; 1 doubtful, by 1 rule\n"
    )
    assert run("catalog", "check", catalog, "--strict", "--ignore", "no-contact").code == 0


def test_a_doubt_met_often_is_a_count_with_examples(run: Run, catalog: Path) -> None:
    bare = "".join(
        f"  - {{id: p{n}, name: Place {n}, field: [mental-health], level: op}}\n" for n in range(7)
    )
    catalog.write_text(f"opmatch: 1\ncatalog: {{as_of: 2026-11-01}}\nprograms:\n{bare}")
    day = ("--as-of", "2026-11-23")
    lines = run("catalog", "check", catalog, *day).out.splitlines()
    assert lines[0] == "no-contact (7): No way to call or write"
    assert [line[:5] for line in lines[1:6]] == ["  " + str(catalog)[:3]] * 5
    assert lines[6] == "  and 2 more; all of them: --limit 0 or --format json"
    assert len(run("catalog", "check", catalog, *day, "--limit", "0").out.splitlines()) == 10
    data = json.loads(run("catalog", "check", catalog, *day, "-f", "json").out)
    assert (data["rules"], len(data["findings"])) == ({"no-contact": 7}, 7)


def test_findings_and_problems_as_github_annotations(run: Run, catalog: Path) -> None:
    catalog.write_text(CATALOG.replace('    intake: {phone: "312-867-4420"}\n', ""))
    found = run("catalog", "check", catalog, "--as-of", "2026-11-23", "-f", "github")
    assert (found.code, found.out) == (
        0,
        (
            f"::warning file={catalog},line=4,title=no-contact::"
            "harbor-day: intake has neither phone nor url; add one\n"
        ),
    )
    catalog.write_text(CATALOG.replace("level: iop", "level: 50%"))
    broken = run("catalog", "check", catalog, "-f", "github")
    assert (broken.code, broken.out) == (4, "")
    assert broken.err == (
        f"::error file={catalog},line=7,title=catalog::"
        "harbor-day: level can't be '50%25'; write op, iop or php\n"
    )


def test_a_rule_nobody_has_is_refused(run: Run, catalog: Path) -> None:
    outcome = run("catalog", "check", catalog, "--ignore", "unverifed")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "opmatch: --ignore: no rule is called 'unverifed'; did you mean unverified?\n"


def test_use_keeps_absolute_paths_until_the_sample_is_asked_back(
    run: Run, catalog: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(catalog.parent)
    outcome = run("catalog", "use", "county.yaml")
    assert (outcome.code, outcome.out) == (0, f"{catalog.resolve()}\n")
    assert "1 program; kept in " in outcome.err
    assert json.loads(run("show", "harbor-day", "-f", "json").out)["program"]["id"] == "harbor-day"
    back = run("catalog", "use", "--sample")
    assert back.out.endswith(f"programs.yaml{os.linesep}") or back.out.endswith("programs.yaml\n")
    assert "fictional" in back.err
    assert run("show", "harbor-day").code == 2


def test_use_never_sets_a_catalog_that_cannot_be_read(run: Run, catalog: Path) -> None:
    assert run("catalog", "use", catalog.parent / "none.yaml").code == 4
    assert "sample" in run("catalog", "use").err


def test_a_flag_goes_before_the_environment_and_that_before_what_was_set(
    run: Run, catalog: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = {}
    for name in ("flag", "environment", "set"):
        named[name] = tmp_path / f"{name}.yaml"
        named[name].write_text(CATALOG.replace("Harbor Day Services", f"From {name}"))

    def name_shown(*arguments: object) -> str:
        return str(json.loads(run("show", "harbor-day", "-f", "json", *arguments).out)["program"]["name"])

    run("catalog", "use", named["set"])
    assert name_shown() == "From set"
    monkeypatch.setenv("OPMATCH_CATALOG", str(named["environment"]))
    assert name_shown() == "From environment"
    assert run("catalog", "use").err == "in use because of OPMATCH_CATALOG\n"
    assert name_shown("--catalog", named["flag"]) == "From flag"
    more = tmp_path / "more.yaml"
    more.write_text(CATALOG.replace("id: harbor-day", "id: harbor-night"))
    monkeypatch.setenv("OPMATCH_CATALOG", os.pathsep.join((str(catalog), str(more))))
    assert run("show", "harbor-night").code == 0


def test_a_missing_catalog_is_one_line_and_exit_4(run: Run, tmp_path: Path) -> None:
    outcome = run("show", "x", "--catalog", tmp_path / "none.yaml")
    assert (outcome.code, outcome.out) == (4, "")
    assert len(outcome.err.splitlines()) == 1
    assert "none.yaml" in outcome.err


def test_schema_is_json(run: Run) -> None:
    assert json.loads(run("catalog", "schema").out)["title"] == "opmatch catalog"


def test_import_samhsa_writes_a_catalog_and_closes_with_a_summary(run: Run, tmp_path: Path) -> None:
    source, out = tmp_path / "mh.csv", tmp_path / "mh.yaml"
    source.write_text(SAMHSA, encoding="utf-8")
    outcome = run("catalog", "import", "samhsa", source, "-o", out)
    assert (outcome.code, outcome.out) == (0, "")
    assert "imported 1 of 2 records as 1 program: 1 op, 0 iop, 0 php" in outcome.err
    assert "skipped 1: no outpatient level of care" in outcome.err
    assert run("catalog", "check", out).code == 0


def test_import_says_what_is_wrong_with_a_file(run: Run, tmp_path: Path) -> None:
    outcome = run("catalog", "import", "samhsa", tmp_path / "none.csv", "-o", tmp_path / "x.yaml")
    assert (outcome.code, outcome.out) == (4, "")
    assert not (tmp_path / "x.yaml").exists()
    assert run("catalog", "import", "samhsa", tmp_path / "none.csv").code == 2


def test_import_tells_the_kind_by_the_content(run: Run, tmp_path: Path) -> None:
    source, named, told = tmp_path / "mh.csv", tmp_path / "named.yaml", tmp_path / "told.yaml"
    source.write_text(SAMHSA, encoding="utf-8")
    assert run("catalog", "import", "samhsa", source, "-o", named).code == 0
    assert run("catalog", "import", source, "-o", told).code == 0
    assert told.read_bytes() == named.read_bytes()


def test_import_reports_every_record_and_value_left_out(run: Run, tmp_path: Path) -> None:
    sheet, out, report = tmp_path / "sheet.csv", tmp_path / "out.yaml", tmp_path / "left-out.csv"
    sheet.write_text(
        "name,field,level,payers\nA,mental-health,op,=zorg()\nB,mental-health,,\n", encoding="utf-8"
    )
    outcome = run("catalog", "import", sheet, "-o", out, "--report", report)
    assert (outcome.code, outcome.out) == (0, "")
    assert report.read_text(encoding="utf-8") == (
        "file,record,name,field,value,why\n"
        f"{sheet},1,A,payers,'=zorg(),not a payer that is known\n"
        f"{sheet},2,B,,,no level\n"
    )
    assert outcome.err.splitlines() == [
        f"read 2 records of {sheet} (csv)",
        "imported 1 of 2 records as 1 program: 1 op, 0 iop, 0 php",
        "skipped 1: no level",
        "not understood, kept as notes: payers (1)",
        f"wrote {report}, what was left out and why",
        f"wrote {out}; search it with -c, or always: opmatch catalog use {out}",
    ]
    assert run("catalog", "check", out).code == 0


def test_import_leaves_everything_as_it_was_when_it_fails(run: Run, tmp_path: Path) -> None:
    bad, out, report = tmp_path / "bad.csv", tmp_path / "out.yaml", tmp_path / "report.csv"
    bad.write_text('name,field,level\nA,mental-health,op\n"B,mental-health,op\n', encoding="utf-8")
    for file in (out, report):
        file.write_text("before", encoding="utf-8")
    outcome = run("catalog", "import", "csv", bad, "-o", out, "--report", report)
    assert (outcome.code, outcome.out) == (4, "")
    assert "is not valid CSV" in outcome.err
    assert [file.read_text(encoding="utf-8") for file in (out, report)] == ["before", "before"]
    assert sorted(file.name for file in tmp_path.iterdir() if file.is_file()) == [
        "bad.csv",
        "out.yaml",
        "report.csv",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["csv"], "name the files to import after csv"),
        (["smahsa", "a.csv"], "there is no file smahsa, and no kind of that name; did you mean samhsa?"),
        (["a.csv", "--as-of", "soon"], "--as-of 'soon' is no date; write it as 2026-11-23"),
        (["a.csv", "--report", "out.yaml"], "--report and --out name the same file"),
        (["out.yaml"], "--out names the file to import, out.yaml"),
    ],
)
def test_import_says_what_is_wrong_with_a_command(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = run("catalog", "import", *arguments, "-o", "out.yaml")
    assert (outcome.code, outcome.out, outcome.err) == (2, "", f"opmatch: {said}\n")


def test_the_template_can_be_filled_in_and_imported(run: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    outcome = run("catalog", "template", "-o", sheet)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", f"wrote {sheet}\n")
    assert run("catalog", "template").out.replace("\r\n", "\n") == sheet.read_text(encoding="utf-8")
    with sheet.open("a", encoding="utf-8") as file:
        file.write("harbor-day,Harbor Day,,mental-health,op\n")
    assert run("catalog", "import", sheet, "-o", tmp_path / "out.yaml").code == 0
    shown = run("show", "harbor-day", "-c", tmp_path / "out.yaml", "-f", "json")
    assert json.loads(shown.out)["program"]["name"] == "Harbor Day"
