"""opmatch's own sheet: every column, ids of large sheets, and cells that can't be read."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from importing import Program, a_table, imported, read_back, saved

from opmatch.errors import InputError
from opmatch.formats.detect import detect
from opmatch.formats.plain_columns import columns, template
from opmatch.formats.plain_sheet import import_plain
from workbooks import a_workbook

NAMES = [column.column for column in columns()]


def a_row(**cells: str) -> dict[str, str]:
    return {"name": "Harbor Day", "field": "mental-health", "level": "op", **cells}


def programs(folder: Path, *rows: dict[str, str]) -> list[Program]:
    return imported(a_table(folder / "sheet.csv", rows, NAMES))[0]


def facts(folder: Path, **cells: str) -> dict[str, Any]:
    """What the only program of a row says beyond what every row must."""
    (program,) = programs(folder, a_row(**cells))
    return {key: program[key] for key in program if key not in ("id", "name", "field", "level", "source")}


def test_the_examples_of_all_columns_make_a_whole_program(tmp_path: Path) -> None:
    (program,) = programs(tmp_path, {column.column: column.example for column in columns()})
    assert program == {
        "id": "lakeshore-trauma-iop",
        "name": "Trauma Recovery IOP",
        "organization": "Lakeshore Behavioral Health",
        "field": ["mental-health"],
        "level": "iop",
        "status": "active",
        "delivery": {"in_person": True, "virtual": True},
        "licensed_states": ["IL", "WI"],
        "site": {
            "street": "1200 N Clark St",
            "city": "Chicago",
            "state": "IL",
            "zip": "60610",
            "latitude": 41.9,
            "longitude": -87.63,
            "confidential": False,
        },
        "time_zone": "America/Chicago",
        "ages": [{"min": 18}],
        "ages_complete": True,
        "genders": ["female"],
        "expresses": {"payers": ["medicaid", "medicare", "private"], "genders": ["female", "male"]},
        "needs": {
            "specializes": ["ptsd"],
            "treats": ["depression", "anxiety"],
            "excludes": ["psychosis"],
            "only": ["opioid"],
        },
        "approaches": ["emdr", {"id": "dbt", "fidelity": "comprehensive"}, {"id": "moud", "offered": False}],
        "services": ["group-therapy", "medication-management"],
        "populations": {
            "specializes": ["veterans"],
            "welcomes": ["lgbtq"],
            "only": ["veterans"],
            "excludes": ["in-custody"],
        },
        "exclusions": ["withdrawal-risk"],
        "payers": [
            {"id": "medicaid", "accepting": False, "verified": dt.date(2026, 9, 1)},
            "private",
            {"id": "private:aetna", "accepting": True, "network": "in"},
            {"id": "medicare", "network": "out"},
        ],
        "payers_complete": True,
        "fees": {"visit": 140.0, "sliding_scale_from": 20.0},
        "languages": ["es", {"id": "ase", "by": "interpreter"}],
        "interpreters": True,
        "accessibility": ["wheelchair"],
        "supports": ["childcare", "transport"],
        "tracks": [
            {
                "id": "evening",
                "days": ["mon,wed,thu"],
                "start": "17:30",
                "end": "20:30",
                "seats_open": 3,
                "weeks": 8,
                "as_of": dt.date(2026, 10, 20),
            }
        ],
        "appointments": {
            "hours": {"mon-thu": "08:00-20:00", "sat": "09:00-13:00"},
            "per_week": 1,
            "session_minutes": 50,
        },
        "office_hours": {"mon-fri": "08:00-17:00", "sat": "closed"},
        "availability": {"status": "waitlist", "wait_days": 12, "as_of": dt.date(2026, 10, 20)},
        "intake": {
            "phone": "312-555-0142",
            "url": "https://example.org",
            "referral": "self",
            "documents": ["insurance card"],
            "steps": ["call intake"],
        },
        "verified": {
            "date": dt.date(2026, 10, 1),
            "by": "phone",
            "fields": {"availability": dt.date(2026, 10, 20)},
        },
        "source": {"name": "county list", "record": "17"},
        "accreditation": ["CARF"],
        "notes": ["Ring the side door."],
    }


def test_a_row_with_all_columns_reads_back(tmp_path: Path) -> None:
    path = a_table(tmp_path / "s.csv", [{column.column: column.example for column in columns()}])
    saved(import_plain([path]), tmp_path / "c.yaml")
    (program,) = read_back(tmp_path / "c.yaml").programs
    assert program.id == "lakeshore-trauma-iop"


def test_blanks_say_nothing(tmp_path: Path) -> None:
    assert facts(tmp_path) == {}


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (
            {"ages": "13-17?; 18+; 5"},
            {"ages": [{"min": 13, "max": 17, "sure": False}, {"min": 18}, {"min": 5, "max": 5}]},
        ),
        (
            {"treats": "Depression; post-traumatic stress disorder"},
            {"needs": {"treats": ["depression", "ptsd"]}},
        ),
        ({"languages": "Spanish; Mandarin"}, {"languages": ["es", "cmn"]}),
        ({"zip": "2134"}, {"site": {"zip": "02134"}}),
        ({"state": "illinois"}, {"site": {"state": "IL"}}),
        ({"fee": "$140"}, {"fees": {"visit": 140.0}}),
        ({"virtual": "unknown"}, {"delivery": {"virtual": "unknown"}}),
        ({"only_for": "unknown"}, {"populations": {"only": "unknown"}}),
        ({"office_hours": "Monday - Friday: 8:30AM - 5:00PM"}, {"office_hours": {"mon-fri": "08:30-17:00"}}),
        ({"office_hours": "mon-sun 00:00-24:00"}, {"office_hours": {"mon-sun": "00:00-24:00"}}),
        (
            {"office_hours": "mon 09:00-12:00, 13:00-17:00; fri 22:00-02:00"},
            {"office_hours": {"mon": ["09:00-12:00", "13:00-17:00"], "fri": "22:00-02:00"}},
        ),
        (
            {"tracks": "a: mon 5:30PM-8:30PM; a: Tue and Thu 09:00-12:00 weeks=6"},
            {
                "tracks": [
                    {"id": "a", "days": ["mon"], "start": "17:30", "end": "20:30"},
                    {"id": "a-2", "days": ["tue,thu"], "start": "09:00", "end": "12:00", "weeks": 6},
                ]
            },
        ),
        ({"verified": "10/1/2026"}, {"verified": {"date": dt.date(2026, 10, 1)}}),
    ],
)
def test_ways_to_write_a_cell(tmp_path: Path, cells: dict[str, str], found: dict[str, Any]) -> None:
    assert facts(tmp_path, **cells) == found


@pytest.mark.parametrize(
    ("column", "text", "bad", "kept"),
    [
        ("ages", "18+; teens", "teens", {"ages": [{"min": 18}], "ages_complete": False}),
        ("ages", "64-18", "64-18", {"ages_complete": False}),
        ("payers", "medicaid; zorg", "zorg", {"payers": ["medicaid"], "payers_complete": False}),
        ("genders", "female; zorg", "zorg", {}),
        ("only", "opioid; zorg", "zorg", {}),
        ("only_for", "pirates", "pirates", {"populations": {"only": "unknown"}}),
        ("licensed_states", "IL; Zorgia", "Zorgia", {}),
        ("confidential", "maybe", "maybe", {"site": {"confidential": True}}),
        ("office_hours", "mon-fri 9-5", "mon-fri 9-5", {}),
        ("appointment_hours", "mon 17:00-17:00", "mon 17:00-17:00", {}),
        ("tracks", "evening 17:30-20:30", "evening 17:30-20:30", {}),
        ("wait_days", "soon", "soon", {}),
        ("fee", "1e999", "1e999", {}),
        ("fee", "nan", "nan", {}),
        ("zip", "ABC 123", "ABC 123", {}),
        ("verified", "2026-13-40", "2026-13-40", {}),
        ("verified", "1066-10-14", "1066-10-14", {}),
        ("time_zone", "../../etc/passwd", "../../etc/passwd", {}),
        ("url", "javascript:alert(1)", "javascript:alert(1)", {}),
        ("status", "shut", "shut", {}),
        ("latitude", "41.9", "41.9", {}),
        ("id", "Not An Id", "Not An Id", {}),
    ],
)
def test_what_cannot_be_read_is_noted_and_never_a_no(
    tmp_path: Path, column: str, text: str, bad: str, kept: dict[str, Any]
) -> None:
    path = a_table(tmp_path / "sheet.csv", [a_row(**{column: text})], NAMES)
    (program,), summary, left_out = imported(path)
    assert [one.value for one in left_out] == [bad]
    assert sum(summary.unclear.values()) == 1
    (note,) = program["notes"]
    assert note.startswith("Left out ")
    assert f'"{bad}"' in note
    rest = {
        key: program[key] for key in program if key not in ("id", "name", "field", "level", "source", "notes")
    }
    assert rest == kept
    saved(import_plain([path]), tmp_path / "c.yaml")
    assert len(read_back(tmp_path / "c.yaml").programs) == 1


def test_columns_nobody_knows_are_notes_and_remarked(tmp_path: Path) -> None:
    path = a_table(tmp_path / "s.csv", [a_row(**{"Wait Days": "3", "wait_dayz": "4", "colour": ""})])
    (program,), summary, _ = imported(path)
    assert program["availability"] == {"wait_days": 3}
    assert program["notes"] == ['Left out wait_dayz "4": no column of this sheet.']
    assert summary.remarks == (
        f"{path} has a column `wait_dayz` that isn't read, kept as notes; did you mean wait_days?",
        f"{path} has a column `colour` that isn't read, kept as notes",
    )


def test_rows_without_what_every_program_needs_are_skipped_for_a_reason(tmp_path: Path) -> None:
    rows = [
        a_row(),
        a_row(name=""),
        a_row(level=""),
        a_row(level="residential"),
        a_row(field="dental"),
        a_row(field=""),
    ]
    path = a_table(tmp_path / "s.csv", rows)
    path.write_bytes(path.read_bytes() + b"a,b,c,d,e\n\n# a remark\n#1 Clinic,mental-health,op\n")
    _, summary, left_out = imported(path)
    assert (summary.read, summary.records_imported) == (8, 2)
    assert summary.skipped == {
        "a field that can't be read": 1,
        "a level that can't be read": 1,
        "more cells than columns": 1,
        "no field": 1,
        "no level": 1,
        "no name": 1,
    }
    assert [one.record for one in left_out] == ["2", "3", "4", "5", "6", "7"]


def test_ids_are_told_apart_by_content_and_written_ones_kept(tmp_path: Path) -> None:
    rows = [
        a_row(),
        a_row(phone="312-555-0100"),
        a_row(phone="312-555-0101"),
        a_row(phone="312-555-0101"),
        a_row(id="mine"),
        a_row(id="mine"),
        a_row(id="mine-2"),
        a_row(name="Other", zip="60610"),
    ]
    ids = [p["id"] for p in programs(tmp_path, *rows)]
    assert len(set(ids)) == len(rows)
    assert ids[4:] == ["mine", "mine-3", "mine-2", "other-60610-op"]
    assert ids[3] == f"{ids[2]}-2"
    moved = {p["id"]: p for p in programs(tmp_path, rows[7], rows[2], rows[0], rows[1])}
    assert set(moved) == {ids[7], ids[2], ids[0], ids[1]}


def test_importing_twice_gives_the_same_bytes_and_a_workbook_the_same_programs(tmp_path: Path) -> None:
    rows = [{column.column: column.example for column in columns()}, a_row(id="other")]
    path = a_table(tmp_path / "s.csv", rows, NAMES)
    assert saved(import_plain([path]), tmp_path / "a.yaml") == saved(
        import_plain([path]), tmp_path / "b.yaml"
    )
    table = [NAMES, *([row.get(name, "") for name in NAMES] for row in rows)]
    narrow = a_workbook(tmp_path / "s.xlsx", {"Sheet": [[*line[:26]] for line in table]})
    assert [p["id"] for p in imported(narrow)[0]] == [p["id"] for p in imported(path)[0]]


def test_the_template_has_help_for_each_column_and_can_be_filled_in(tmp_path: Path) -> None:
    lines = list(csv.reader(io.StringIO(template())))
    assert lines[-1] == NAMES
    assert [line[0].split(":")[0].removeprefix("# ") for line in lines[2:-1]] == NAMES
    path = tmp_path / "t.csv"
    path.write_text(template() + "id-1,Harbor Day,,mental-health,op\n", encoding="utf-8", newline="")
    assert detect([path]) == "csv"
    (program,) = imported(path)[0]
    assert (program["id"], program["name"]) == ("id-1", "Harbor Day")
    path.write_text(template(), encoding="utf-8", newline="")
    with pytest.raises(InputError, match="no row with name, field and level"):
        import_plain([path])


@pytest.mark.long
def test_a_large_sheet_is_never_in_memory_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    count = 20_000
    with path.open("w", encoding="utf-8") as file:
        file.write("name,field,level,notes\n")
        file.writelines(f"Clinic {n % 500},mental-health,op,{'x' * 400} {n}\n" for n in range(count))
    seen: list[tuple[int, int]] = []

    def taken() -> Iterator[int]:
        made = import_plain([path], lambda done, total: seen.append((done, total)))
        tracemalloc.start()
        yield from (1 for _ in made.programs)
        assert made.summary().read == count

    assert sum(taken()) == count
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < path.stat().st_size / 2
    done = [one for one, _ in seen]
    assert done == sorted(done)
    assert seen[-1][0] == seen[-1][1] == 2 * path.stat().st_size
