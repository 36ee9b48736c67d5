"""Files nobody has seen: an import says what is wrong in a line, or makes a catalog that can be read back."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hsds_documents import a_folder, a_place, a_schedule, a_service, a_zip, tables
from hypothesis import example, given, settings
from hypothesis import strategies as st
from importing import a_json, a_table, read_back
from samhsa_rows import COLUMNS as SAMHSA_COLUMNS
from samhsa_rows import a_csv
from samhsa_rows import a_row as a_samhsa_row
from test_findtreatment import a_row as a_locator_row
from test_ownpath import COLUMNS, HOURS
from test_ownpath import a_row as an_ownpath_row
from test_plain_sheet import NAMES
from test_plain_sheet import a_row as a_plain_row

from opmatch.catalog.write import write
from opmatch.errors import OpmatchError
from opmatch.formats import hsds_package
from opmatch.formats.detect import Kind
from opmatch.formats.doubts import Unclear
from opmatch.formats.imported import Streamed
from opmatch.formats.importers import import_files

DIRTY = (
    "",
    " ",
    "x",
    "NULL",
    "N/A",
    "-",
    "0",
    "-1",
    "1e999",
    "nan",
    "Yes",
    "no",
    "?",
    "<b>bold</b>",
    "<script>a()</script>",
    "&amp;&lt;",
    "=HYPERLINK(1)",
    "a;b;;c",
    ";;;",
    "'\"",
    "\x1b[31mred",
    "\u202eback",
    "\ufeff",
    "\ud83d\ude00",
    "é" * 600,
    "9" * 5000,
    "x" * 3000,
    "{}",
    "[1]",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "13/45/2022 5 PM",
    "12:60PM - 5:00PM",
    "24 Hours",
    "Closed",
    "Mon-Fri 9-5",
    "99999",
    "00000-0000",
    "unknown",
    "in-person",
    "Outpatient",
    "Medicaid",
    "https://",
    "http://a b",
    "ftp://x",
    "../../etc/passwd",
    "\x00",
    "\n",
    "a\tb",
    "18+?",
    "999-1",
    "private:",
    "private:-",
    "zh; zh",
    "evening: mon 17:30-17:30",
    "mon 24:00-25:00",
    "sun-mon 23:00-01:00; sun closed",
)
DAY = dt.date(2026, 11, 23)


def survives(kind: Kind, *paths: Path) -> None:
    """Imports, and reads back what was written; a clear error will do too."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "catalog.yaml"
        left_out: list[Unclear] = []
        try:
            made = import_files(paths, kind, as_of=DAY, report=left_out.append)
            write(out, made.header, made.programs)
        except OpmatchError:
            return
        summary = made.summary() if isinstance(made, Streamed) else made.summary
        assert summary.read == summary.records_imported + sum(summary.skipped.values())
        assert sum(not one.field for one in left_out) == sum(summary.skipped.values())
        assert sum(bool(one.field) for one in left_out) == sum(summary.unclear.values())
        assert len(read_back(out).programs) == summary.programs


def dirty_rows(columns: tuple[str, ...], base: dict[str, str]) -> st.SearchStrategy[list[dict[str, str]]]:
    cells = st.dictionaries(
        st.sampled_from(columns), st.sampled_from(DIRTY) | st.text(max_size=12), max_size=8
    )
    # What no CSV can hold is what its own reader refuses; the bytes below are for that.
    clean = cells.map(
        lambda row: {
            key: cell.replace("\x00", "").encode(errors="replace").decode() for key, cell in row.items()
        }
    )
    return st.lists(clean.map(lambda row: base | row), min_size=1, max_size=4)


@settings(max_examples=150)
@given(dirty_rows(COLUMNS, an_ownpath_row(**HOURS)))
def test_dirty_rows_of_ownpath(rows: list[dict[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        survives("ownpath", a_table(Path(folder) / "a.csv", rows, COLUMNS))


@settings(max_examples=200)
@given(dirty_rows(tuple(NAMES), a_plain_row()))
@example([a_plain_row(latitude="0", longitude="0", seats_as_of="2026-01-01", sessions_a_week="2")])
def test_dirty_rows_of_the_plain_sheet(rows: list[dict[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        survives("csv", a_table(Path(folder) / "a.csv", rows, NAMES))


LEAVES: st.SearchStrategy[Any] = (
    st.sampled_from(DIRTY) | st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
)
NODES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
FULL_SERVICE = a_service(
    schedules=[a_schedule()],
    service_at_locations=[a_place(latitude=41.9, longitude=-87.6, location_type="physical")],
    cost_options=[{"amount": 4, "currency": "usd", "amount_description": "per visit"}],
    languages=[{"code": "es"}],
    phones=[{"number": "312-555-0142", "type": "voice"}],
    attributes=[{"taxonomy_term": {"code": "RP", "name": "PTSD"}}],
    minimum_age=18,
    maximum_age=64,
    wait_time="2 weeks",
    fees_description="Medicaid",
    assured_date="2026-01-01",
    url="https://example.org",
    status="active",
)
FULL_ROW = a_locator_row(
    {"TC": "Mental health treatment", "SET": "Outpatient", "PAY": "Medicaid", "AGE": "Adults"},
    latitude="38.0",
    longitude="-78.4",
    website="example.org",
    hotline1="800-555-0199",
)


def places(document: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of everything in a document."""
    found = [at] if at else []
    items = (
        document.items()
        if isinstance(document, dict)
        else enumerate(document)
        if isinstance(document, list)
        else ()
    )
    for key, value in items:
        found.extend(places(value, (*at, key)))
    return found


def changed(document: Any, changes: list[tuple[tuple[Any, ...], Any]]) -> Any:
    """A copy of a document with other things at some of its places."""
    copy = json.loads(json.dumps(document))
    for path, value in changes:
        parent = copy
        try:
            for key in path[:-1]:
                parent = parent[key]
            parent[path[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue
    return copy


def mutations(document: Any) -> st.SearchStrategy[Any]:
    change = st.tuples(st.sampled_from(places(document)), NODES)
    return st.lists(change, min_size=1, max_size=4).map(lambda changes: changed(document, changes))


@settings(max_examples=200)
@given(mutations({"rows": [FULL_ROW, FULL_ROW | {"frid": "f2"}]}))
@example({"rows": [FULL_ROW | {"state": "AA", "zip": "ABC"}]})
def test_changed_answers_of_the_locator(document: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        survives("findtreatment", a_json(Path(folder) / "a.json", document))


@settings(max_examples=250)
@given(mutations(FULL_SERVICE) | mutations({"contents": [FULL_SERVICE]}))
def test_changed_services(document: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        survives("hsds", a_json(Path(folder) / "a.json", document))


@settings(max_examples=60)
@given(
    st.sampled_from(sorted(tables())),
    st.dictionaries(
        st.sampled_from(("id", "service_id", "location_id", "name", "weekday", "opens_at", "status", "code")),
        st.sampled_from(
            [cell for cell in DIRTY if "\x00" not in cell and cell.isprintable() and "\ud83d" not in cell]
        ),
        max_size=4,
    ),
)
def test_changed_tables(name: str, cells: dict[str, str]) -> None:
    listed = tables()
    listed[name] = [row | cells for row in listed[name]]
    with tempfile.TemporaryDirectory() as folder:
        survives("hsds", a_folder(Path(folder) / "package", listed))


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from(SAMHSA_COLUMNS), st.sampled_from(DIRTY) | st.text(max_size=12), max_size=6
    )
)
@example({"state": "AA", "zip": "ABC"})
def test_dirty_rows_of_samhsa(cells: dict[str, str]) -> None:
    clean = {key: cell.replace("\x00", "").encode(errors="replace").decode() for key, cell in cells.items()}
    with tempfile.TemporaryDirectory() as folder:
        survives(
            "samhsa", a_csv(Path(folder), a_samhsa_row("OP * MH * ADLT"), a_samhsa_row("OP * MH", **clean))
        )


def bytes_of(kind: Kind, folder: Path) -> tuple[bytes, str]:
    """A good file of a kind, and the end of its name."""
    made: dict[str, Callable[[], Path]] = {
        "ownpath": lambda: a_table(folder / "a.csv", [an_ownpath_row(**HOURS, LanguagesSpoken="Español")]),
        "csv": lambda: a_table(folder / "b.csv", [a_plain_row(notes="Peña")]),
        "findtreatment": lambda: a_json(folder / "c.json", {"rows": [FULL_ROW]}),
        "hsds": lambda: a_zip(folder / "d.zip", tables()),
    }
    path = made[kind]()
    return path.read_bytes(), path.suffix


@settings(max_examples=250)
@given(st.sampled_from(["ownpath", "csv", "findtreatment", "hsds"]), st.data())
def test_broken_bytes(kind: Kind, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        content, suffix = bytes_of(kind, Path(name))
        for _ in range(data.draw(st.integers(1, 4))):
            at = data.draw(st.integers(0, len(content)))
            cut = data.draw(st.sampled_from((0, 1, 5, 10_000)))
            content = content[:at] + data.draw(st.binary(max_size=6)) + content[at + cut :]
        broken = Path(name) / f"broken{suffix}"
        broken.write_bytes(content)
        survives(kind, broken)
        with contextlib.suppress(OpmatchError):
            import_files([broken])  # its kind told by what is left of it


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig", "latin-1"])
@pytest.mark.parametrize("kind", ["ownpath", "csv", "findtreatment"])
def test_other_encodings(tmp_path: Path, kind: Kind, encoding: str) -> None:
    content, suffix = bytes_of(kind, tmp_path)
    other = tmp_path / f"other{suffix}"
    other.write_bytes(content.decode().encode(encoding))
    made = import_files([other], kind)
    assert len(list(made.programs)) >= 1


def test_deep_nesting_and_huge_numbers_are_refused(tmp_path: Path) -> None:
    for text in (
        '{"rows":' + "[" * 100_000,
        "[" * 50_000 + "]" * 50_000,
        '{"rows": [' + "9" * 5000 + "]}",
        "{",
        "",
    ):
        path = tmp_path / "a.json"
        path.write_text(text, encoding="utf-8")
        for kind in ("findtreatment", "hsds"):
            with pytest.raises(OpmatchError):
                import_files([path], kind)


def test_bombs_are_refused_before_they_fill_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hsds_package, "MAX_UNPACKED_BYTES", 1_000_000)
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("services.csv", b"id,name\n" + b"x" * 5_000_000)
    with pytest.raises(OpmatchError, match="unpacks to an absurd size"):
        import_files([bomb], "hsds")
    many = tmp_path / "many.zip"
    monkeypatch.setattr(hsds_package, "_MOST_MEMBERS", 5)
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(6):
            archive.writestr(f"{number}.txt", "")
    with pytest.raises(OpmatchError, match="more than 5 files"):
        import_files([many], "hsds")


def test_paths_in_a_zip_write_nothing(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    path = a_zip(inside / "package.zip", tables(), inside="../../../")
    before = sorted(tmp_path.rglob("*"))
    assert len(list(import_files([path], "hsds").programs)) == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_an_endless_line_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name,field,level\n" + "x" * 9_000_000, encoding="utf-8")
    with pytest.raises(OpmatchError, match="a line has more than"):
        list(import_files([path], "csv").programs)
    path.write_text("x" * 9_000_000, encoding="utf-8")
    with pytest.raises(OpmatchError, match="a line has more than"):
        import_files([path])
