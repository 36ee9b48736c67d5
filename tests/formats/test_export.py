"""Exports: what comes back, what the table in the docs promises, and what must never go out."""

from __future__ import annotations

import json
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from exporting import Written, catalog_of, exported, loaded, some_catalogs, there_and_back
from hypothesis import given, settings
from hypothesis import strategies as st
from importing import a_table, imported, read_back, saved

from opmatch.catalog.as_written import as_written
from opmatch.errors import InputError, UsageError
from opmatch.formats.exported import content
from opmatch.formats.exporters import EXPORT_KINDS, ExportKind, export
from opmatch.formats.hsds_own import facts_of
from opmatch.formats.importers import import_files
from opmatch.formats.plain_columns import columns
from opmatch.model.program import Catalog, Origin, Program
from opmatch.shipped import sample_catalog

DOCS = Path(__file__).resolve().parents[2] / "docs" / "formats-export.md"
READ_BACK: tuple[ExportKind, ...] = ("csv", "jsonl", "hsds", "hsds-csv")


def table() -> dict[str, dict[str, str]]:
    """What the docs promise, by fact and format."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in DOCS.read_text(encoding="utf-8").splitlines()
        if re.match(r"\| [a-z_.]+ \|( (yes|no|part) \|)+$", line) or line.startswith("| fact |")
    ]
    return {row[0]: dict(zip(rows[0][1:], row[1:], strict=True)) for row in rows[1:]}


PROMISED = table()


def fact(written: Written, name: str) -> Any:
    head, _, tail = name.partition(".")
    return written.get(head, {}).get(tail) if tail else written.get(head)


def without(written: Written, name: str) -> Written:
    head, _, tail = name.partition(".")
    if not tail:
        return {key: value for key, value in written.items() if key != name}
    return {**written, head: {key: value for key, value in written[head].items() if key != tail}}


def texts(items: Any) -> list[str]:
    return [json.dumps(one, default=str, sort_keys=True) for one in items or ()]


def once(value: Any) -> Any:
    """`value` with every item of a list once: a cell of a sheet doesn't say a thing twice."""
    if isinstance(value, dict):
        return {key: once(one) for key, one in value.items()}
    if isinstance(value, list):
        return [once(one) for at, one in enumerate(value) if one not in value[:at]]
    return value


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """A program with every fact a sheet's examples have, and tracks of which more is said."""
    folder = tmp_path_factory.mktemp("whole")
    saved(
        import_files([a_table(folder / "s.csv", [{one.column: one.example for one in columns()}])]),
        folder / "c.yaml",
    )
    (program,) = read_back(folder / "c.yaml").programs
    return as_written(program) | {
        "status": "paused", "ages_complete": False, "payers_complete": False, "time_zone": "America/Phoenix",
        "availability": {"status": "capacity", "wait_days": 3},
    }  # fmt: skip


@pytest.fixture(scope="module")
def sample() -> Catalog:
    return read_back(sample_catalog())


def test_the_table_has_every_fact_of_the_catalog_format(whole: Written) -> None:
    known = {name if name.partition(".")[0] in ("intake", "verified") else name.partition(".")[0]
             for name in facts_of(whole)}  # fmt: skip
    assert set(PROMISED) == known
    assert all(set(row) == {"csv", "jsonl", "hsds", "fhir", "sqlite"} for row in PROMISED.values())


@pytest.mark.parametrize("kind", READ_BACK)
@settings(max_examples=15)
@given(made=some_catalogs)
def test_an_export_reads_back_as_the_table_promises(kind: ExportKind, made: list[Program]) -> None:
    before, after = there_and_back(made, kind)
    before = once(before) if kind == "csv" else before
    assert [one["id"] for one in after] == [one["id"] for one in before]
    for old, new in zip(before, after, strict=True):
        for name, row in PROMISED.items():
            promise = row[kind.removesuffix("-csv")]
            if promise == "yes":
                assert fact(new, name) == fact(old, name), name
            else:
                assert promise == "part", "nothing that can be read back is left out whole"
                assert kind == "csv"
                CSV_PARTS[name](old, new)


def _some_of(name: str) -> Any:
    def check(old: Written, new: Written) -> None:
        assert set(texts(new.get(name))) <= set(texts(old.get(name)))

    return check


def _all_in_some_order(old: Written, new: Written) -> None:
    assert sorted(texts(new.get("languages"))) == sorted(texts(old.get("languages")))


def _approaches(old: Written, new: Written) -> None:
    known = [one for one in old.get("approaches", ()) if one == str(one) or one.get("offered") != "unknown"]
    assert sorted(texts(new.get("approaches"))) == sorted(texts(known))


def _tracks(old: Written, new: Written) -> None:
    assert new.get("tracks") in (None, old.get("tracks"))


def _appointments(old: Written, new: Written) -> None:
    open_ = set(old.get("appointments", {}).get("hours", {}).values()) - {"closed"} if _plain(old) else {""}
    assert new.get("appointments") == (old.get("appointments") if open_ else None)


def _plain(old: Written) -> bool:
    return all(isinstance(one, str) for one in old.get("appointments", {}).get("hours", {}).values())


def _source(old: Written, new: Written) -> None:
    assert old.get("source", {}).items() <= new["source"].items()


def _notes(old: Written, new: Written) -> None:
    added = new.get("notes", [])[len(old.get("notes", [])) :]
    assert new.get("notes", [])[: len(old.get("notes", []))] == old.get("notes", [])
    assert bool(added) == (new.get("tracks") != old.get("tracks"))


CSV_PARTS = {
    "approaches": _approaches,
    "languages": _all_in_some_order,
    "tracks": _tracks,
    "appointments": _appointments,
    "source": _source,
    "notes": _notes,
}


@pytest.mark.parametrize("kind", ["fhir", "sqlite"])
@pytest.mark.parametrize("name", [name for name in PROMISED if name not in ("id", "name", "field", "level")])
def test_a_fact_changes_the_export_if_the_table_says_that_it_is_held(
    kind: ExportKind, name: str, whole: Written, tmp_path: Path
) -> None:
    for other in {"tracks": ["office_hours", "appointments"], "appointments": ["office_hours"]}.get(name, []):
        whole = without(whole, other)
    bytes_ = [
        exported(loaded([one], {"name": "County"}, tmp_path), kind, tmp_path).read_bytes()
        for one in (whole, without(whole, name))
    ]
    assert (bytes_[0] != bytes_[1]) == (PROMISED[name][kind] != "no")


@pytest.mark.parametrize("kind", EXPORT_KINDS)
def test_the_same_catalog_gives_the_same_bytes(kind: ExportKind, sample: Catalog, tmp_path: Path) -> None:
    first = exported(sample, kind, tmp_path).read_bytes()
    assert exported(sample, kind, tmp_path).read_bytes() == first


@pytest.mark.parametrize("kind", EXPORT_KINDS)
def test_a_sample_is_marked_and_gives_no_number_to_dial(
    kind: ExportKind, sample: Catalog, tmp_path: Path
) -> None:
    said = list(_strings(kind, exported(sample, kind, tmp_path)))
    assert not [text for text in said if re.search(r"\b555\W?01\d\d\b", text)]
    assert any("ictional" in text or text == "fictional" for text in said)
    assert {program.intake.phone for program in sample.programs} - {""}


@pytest.mark.parametrize("kind", READ_BACK)
def test_a_sample_read_back_is_a_sample(kind: ExportKind, sample: Catalog, tmp_path: Path) -> None:
    path = exported(sample, kind, tmp_path)
    saved(import_files([path]), tmp_path / "back.yaml")
    back = read_back(tmp_path / "back.yaml")
    assert all(program.origin.sample for program in back.programs)
    assert [one.id for one in back.programs] == [one.id for one in sample.programs]


def _strings(kind: str, path: Path) -> Iterator[str]:
    """Every text that the file holds."""
    if kind == "sqlite":
        with closing(sqlite3.connect(path)) as database:
            yield from database.iterdump()
    elif kind == "hsds-csv":
        import zipfile

        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield from archive.read(name).decode().splitlines()
    else:
        yield from path.read_text(encoding="utf-8").splitlines()


CONFIDENTIAL: Written = {
    "id": "shelter", "name": "Shelter", "field": ["mental-health"], "level": "op",
    "site": {"street": "9 Hidden Lane", "city": "Chicago", "state": "IL", "zip": "60610",
             "latitude": 41.9031, "longitude": -87.6312, "confidential": True},
}  # fmt: skip


@pytest.mark.parametrize("kind", EXPORT_KINDS)
def test_of_a_confidential_site_only_a_coarse_cell_goes_out(kind: ExportKind, tmp_path: Path) -> None:
    path = exported(loaded([CONFIDENTIAL], {}, tmp_path), kind, tmp_path)
    said = "\n".join(_strings(kind, path)).replace("America/Chicago", "")
    for secret in ("Hidden", "60610", "41.9031", "87.6312", "Chicago"):
        assert secret not in said
    assert "onfidential" in said


@pytest.mark.parametrize("kind", EXPORT_KINDS)
def test_what_is_not_known_is_never_a_no(kind: ExportKind, tmp_path: Path) -> None:
    bare: Written = {"id": "bare", "name": "Bare", "field": ["mental-health"], "level": "op"}
    path = exported(loaded([bare], {"name": "County"}, tmp_path), kind, tmp_path)
    if kind in READ_BACK:
        (program,), _, left_out = imported(path)
        assert not left_out
        assert {key: program[key] for key in program if key != "source"} == bare
    elif kind == "sqlite":
        with closing(sqlite3.connect(path)) as database:
            database.row_factory = sqlite3.Row
            row = dict(database.execute("SELECT * FROM program").fetchone())
        assert {key for key, value in row.items() if value is not None} == {
            "id", "name", "level", "status", "fictional", "only_unknown",
        }  # fmt: skip
    else:
        service = json.loads(path.read_text())["entry"][-1]["resource"]
        assert not {"extension", "location", "telecom", "availableTime", "eligibility"} & service.keys()


def test_fictional_and_real_programs_are_not_exported_together(sample: Catalog, tmp_path: Path) -> None:
    real = loaded([{**CONFIDENTIAL}], {"name": "County"}, tmp_path).programs[0]
    mixed = Catalog(infos=(), programs=(*sample.programs, real))
    with pytest.raises(UsageError, match="export them apart"):
        content(mixed)


@pytest.mark.parametrize("kind", EXPORT_KINDS)
def test_what_stops_halfway_leaves_what_was_there(kind: ExportKind, sample: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("before")

    def stop(done: int, _total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(content(sample, stop), kind, path)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(UsageError, match="folder doesn't exist"):
        export(content(sample), kind, tmp_path / "no" / "out")


def test_formulas_are_guarded_in_sheets_and_come_back(tmp_path: Path) -> None:
    name = "=HYPERLINK(1)"
    catalog = loaded([{**CONFIDENTIAL, "name": name}], {"name": "County"}, tmp_path)
    for kind in ("csv", "hsds-csv"):
        path = exported(catalog, kind, tmp_path)
        cells = [cell for line in _strings(kind, path) for cell in line.split(",")]
        assert not [cell for cell in cells if cell.startswith(("=", '"='))]
        assert imported(path)[0][0]["name"] == name


def test_the_database_has_no_loose_ends(sample: Catalog, tmp_path: Path) -> None:
    with closing(sqlite3.connect(exported(sample, "sqlite", tmp_path))) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        views = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
        assert len(views) == 5
        for view in views:
            assert database.execute(f"SELECT * FROM {view}").fetchall()
        (count,) = database.execute("SELECT count(*) FROM program").fetchone()
    assert count == len(sample.programs)


def test_rows_of_a_sheet_that_are_fictional_are_left_out_among_real_ones(tmp_path: Path) -> None:
    rows = [
        {"name": "A", "field": "mental-health", "level": "op", "fictional": "yes"},
        {"name": "B", "field": "mental-health", "level": "op", "fictional": ""},
    ]
    programs, summary, _ = imported(a_table(tmp_path / "s.csv", rows))
    assert [one["name"] for one in programs] == ["B"]
    assert summary.skipped == {"fictional, among programs that are not": 1}


def test_a_line_that_is_no_program_is_left_out_and_told(sample: Catalog, tmp_path: Path) -> None:
    path = exported(sample, "jsonl", tmp_path)
    lines = path.read_text(encoding="utf-8").splitlines()
    other = json.loads(lines[2])
    bad = [
        {**other, "level": "residential"},
        {**other, "name": "\x1b[2J"},
        {**other, "needs": {"treats": ["zorg"]}},
    ]
    path.write_text("\n".join([*lines[:3], *map(json.dumps, bad), "{", lines[1], lines[3]]), encoding="utf-8")
    programs, summary, left_out = imported(path)
    assert [one["id"] for one in programs] == [json.loads(lines[at])["id"] for at in (1, 2, 3)]
    assert [one.record for one in left_out] == ["3", "4", "5", "6", "7"]
    assert summary.read == 8


def test_a_service_with_facts_that_no_catalog_takes_is_read_by_its_fields(tmp_path: Path) -> None:
    path = exported(catalog_of([_first()], tmp_path), "hsds", tmp_path)
    page = json.loads(path.read_text())
    page["contents"][0]["attributes"].append(
        {
            "label": "needs.treats",
            "taxonomy_term": {"taxonomy": "opmatch", "code": "need:zorg", "name": "Zorg"},
        }
    )
    path.write_text(json.dumps(page))
    (program,), summary, _ = imported(path)
    assert summary.unclear == {"attributes": 1}
    assert (program["name"], program["level"]) == ("Program", "op")


hostile = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
labels = st.sampled_from(
    [
        "",
        ".",
        "id",
        "level",
        "field",
        "name.x",
        "needs",
        "needs.treats",
        "tracks",
        "a.b.c",
        "catalog",
        "source",
    ]
)
codes = st.sampled_from(["need:ptsd", "need:", "fact:x", "fact:tracks", "level:iop", "", ":", "fact"])


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            labels | hostile,
            codes | hostile,
            hostile | hostile.map(json.dumps) | st.just("[" * 600 + "]" * 600),
        ),
        max_size=4,
    )
)
def test_no_attribute_stops_an_import(said: list[tuple[Any, Any, Any]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "h.json"
        page = json.loads(HARMLESS)
        page["contents"][0]["attributes"] += [
            {"label": label, "value": value, "taxonomy_term": {"taxonomy": "opmatch", "code": code}}
            for label, code, value in said
        ]
        path.write_text(json.dumps(page))
        try:
            saved(import_files([path]), Path(name) / "c.yaml")
        except InputError:  # what isn't even care any more, such as a field that is none
            return
        assert len(read_back(Path(name) / "c.yaml").programs) == 1


def _harmless() -> str:
    with tempfile.TemporaryDirectory() as name:
        path = exported(catalog_of([_first()], Path(name)), "hsds", Path(name))
        return path.read_text(encoding="utf-8")


def _first() -> Program:
    return Program(
        id="p", name="Program", origin=Origin(name="County"), level="op", fields=("mental-health",)
    )


HARMLESS = _harmless()
