"""`opmatch catalog correct`: kept, shown, validated, taken back, told when the source has caught up."""

from __future__ import annotations

import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cli_running import Run
from cli_running import run_fixture as run_fixture

from opmatch.cli.files import write_private
from opmatch.cli.held import held

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
    availability: {status: waitlist, wait_days: 12}
    intake: {phone: "312-867-4420"}
    verified: {date: 2026-11-01}
"""
WAIT = ("harbor-day", "availability.wait_days", "5", "--by", "phone", "--date", "2026-11-20", "--who", "ana")


@pytest.fixture(name="catalog")
def catalog_fixture(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "county.yaml"
    file.write_text(CATALOG, encoding="utf-8")
    monkeypatch.setenv("OPMATCH_CATALOG", str(file))
    return file


def correct(run: Run, *arguments: object) -> tuple[int, str, str]:
    return tuple(run("catalog", "correct", *arguments))  # type: ignore[return-value]


def wait_days(run: Run, *arguments: object) -> object:
    answer = run("show", "harbor-day", "-f", "json", *arguments)
    return json.loads(answer.out)["program"]["availability"]["wait_days"]


def test_a_correction_is_kept_shown_and_taken_back(run: Run, catalog: Path, tmp_path: Path) -> None:
    file = tmp_path / "configuration" / "corrections.yaml"
    said = "harbor-day: availability.wait_days is now 5; the catalog says 12\n"
    assert correct(run, *WAIT) == (0, f"{said}kept in {file}\n", "")
    assert wait_days(run) == 5
    shown = " ".join(run("show", "harbor-day").out.split())
    assert "availability.wait_days: 5, by phone on 2026-11-20," in shown
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    taken = correct(run, "harbor-day", "wait_days", "--remove")
    assert taken == (0, "harbor-day: availability.wait_days is again as the catalog has it\n", "")
    assert wait_days(run) == 12


def test_a_correction_stays_when_the_catalog_is_made_anew_and_says_when_it_is_needless(
    run: Run, catalog: Path
) -> None:
    correct(run, *WAIT)
    catalog.write_text(
        CATALOG.replace("County list", "County list 2027").replace("wait_days: 12", "wait_days: 5")
    )
    assert wait_days(run) == 5
    (told,) = json.loads(run("catalog", "correct", "--list", "-f", "json").out)["corrections"]
    assert (told["standing"], told["was"], told["source"]) == ("caught-up", "12", "5")
    checked = run("catalog", "check", "--as-of", "2026-11-23").out
    assert "correction-caught-up (1): A correction that the source now says itself" in checked
    assert "the source says the same by now: it can be taken back" in " ".join(
        run("catalog", "correct", "--list").out.split()
    )
    catalog.write_text(CATALOG.replace("wait_days: 12", "wait_days: 30"))
    (told,) = json.loads(run("catalog", "correct", "--list", "-f", "json").out)["corrections"]
    assert (told["standing"], wait_days(run)) == ("source-changed", 5)


def test_a_file_of_corrections_can_be_named_beside_a_catalog(run: Run, catalog: Path, tmp_path: Path) -> None:
    file = tmp_path / "team.yaml"
    code, _, err = correct(run, *WAIT, "--overlay", file)
    assert (code, err) == (0, f"name it beside the catalog to apply it: -c {file}\n")
    assert (wait_days(run), wait_days(run, "-c", catalog, "-c", file)) == (12, 5)
    alone = run("show", "harbor-day", "-c", file)
    assert (alone.code, alone.err) == (4, f"opmatch: {file}: holds corrections alone; name a catalog too\n")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ("harbor-day", "availability.wait_days", "soon", "--by", "phone"),
            "corrects availability.wait_days: availability.wait_days can't be 'soon'; write whole days",
        ),
        (
            ("harbor-dya", "status", "closed", "--by", "phone"),
            "no program with the id 'harbor-dya' in the catalog; did you mean harbor-day?",
        ),
        (
            ("harbor-day", "tracks.a.seats_open", "1", "--by", "x"),
            "harbor-day has nothing at tracks.a.seats_open",
        ),
        (
            ("harbor-day", "statsu", "closed", "--by", "phone"),
            "no field 'statsu' to correct; did you mean status?",
        ),
        (("harbor-day", "verified.date", "2026-01-01", "--by", "x"), "no field 'verified.date' to correct"),
        (("harbor-day", "status", "closed"), "say how it was found out: --by phone, web or visit"),
        (("harbor-day", "status", "--by", "phone"), "give VALUE, or --unknown in its place"),
        (
            ("harbor-day", "status", "", "--by", "phone"),
            "VALUE is blank; for what isn't known, say --unknown",
        ),
        (("harbor-day",), "name PROGRAM, FIELD and VALUE, or ask for --list"),
        ((*WAIT[:5], "--date", "2999-01-01"), "--date 2999-01-01 is yet to come"),
        (("harbor-day", "status", "--remove"), "no correction of status of 'harbor-day' is kept in"),
        (("--list", "harbor-day"), "--list takes no PROGRAM, FIELD or VALUE"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_kept(
    run: Run, catalog: Path, tmp_path: Path, arguments: tuple[str, ...], line: str
) -> None:
    code, out, err = correct(run, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"opmatch: {line}")
    assert not (tmp_path / "configuration" / "corrections.yaml").exists()


def test_values_are_written_as_in_a_catalog(run: Run, catalog: Path) -> None:
    by = ("--by", "web")
    assert correct(run, "harbor-day", "payers", "medicaid, private", *by)[0] == 0
    assert correct(run, "harbor-day", "availability", "{status: capacity, wait_days: 0}", *by)[0] == 0
    assert correct(run, "harbor-day", "intake.phone", "--unknown", *by)[0] == 0
    data = json.loads(run("show", "harbor-day", "-f", "json").out)["program"]
    assert [payer["id"] for payer in data["payers"]] == ["medicaid", "private"]
    assert (data["availability"]["status"], data["phone"]) == ("capacity", "")


def test_a_file_that_is_no_file_of_corrections_is_not_overwritten(run: Run, catalog: Path) -> None:
    code, out, _ = correct(run, *WAIT, "--overlay", catalog)
    assert (code, out) == (4, "")
    assert catalog.read_text() == CATALOG


def test_two_at_once_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "count.txt"
    file.write_text("0")

    def add(_: int) -> None:
        with held(file):
            write_private(file, str(int(file.read_text()) + 1))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(20)))
    assert (file.read_text(), [one.name for one in tmp_path.iterdir()]) == ("20", ["count.txt"])
