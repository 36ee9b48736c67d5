"""Tables as people have them: other orders, encodings and separators, and files that are no such table."""

from __future__ import annotations

import builtins
import os
import zipfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from opmatch.errors import InputError, UsageError
from opmatch.formats import sheet, workbook
from opmatch.formats.open_file import open_file
from opmatch.formats.sheet import rows
from workbooks import a_workbook, sheet_xml

WANTED = ("name", "zip")
TWO = [{"name": "Peña", "zip": "02134"}, {"name": "B\nC", "zip": ""}]


def saved(folder: Path, data: bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def error_of(path: Path) -> str:
    with pytest.raises(InputError) as error:
        list(rows(path, WANTED))
    text = str(error.value)
    assert "\n" not in text
    return text.removeprefix(str(path))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_of_any_usual_encoding_and_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    text = 'name,zip\r\nPeña,02134\r\n"B\nC", \r\n'.replace(",", separator)
    assert list(rows(saved(tmp_path, text.encode(encoding)), WANTED)) == TWO


def test_columns_in_any_order_and_case_with_more_between_and_titles_above(tmp_path: Path) -> None:
    text = "Facilities\n\n ZIP ,extra,Name\n02134,x,A\n1,2\n"
    assert list(rows(saved(tmp_path, text.encode()), WANTED)) == [
        {"zip": "02134", "extra": "x", "name": "A"},
        {"zip": "1", "extra": "2", "name": ""},
    ]


def test_the_sheet_with_the_columns_is_read_whatever_its_place(tmp_path: Path) -> None:
    table = [["NAME", "Zip"], ["A", "02134"], [], ["B", ""]]
    book = a_workbook(tmp_path / "a.xlsx", {"Notes": [["about", "zip"]], "Empty": [], "Data": table})
    assert list(rows(book, WANTED)) == [
        {"name": "A", "zip": "02134"},
        {"name": "", "zip": ""},
        {"name": "B", "zip": ""},
    ]


def test_a_number_cell_reads_as_it_was_typed(tmp_path: Path) -> None:
    cells = sheet_xml([["name", "zip"]]).replace(
        "</sheetData>", '<row r="2"><c r="A2"><v>1.5</v></c><c r="B2"><v>36310</v></c></row></sheetData>'
    )
    book = a_workbook(tmp_path / "a.xlsx", {"Data": []}, xl__worksheets__sheet1_xml=cells)
    assert list(rows(book, WANTED)) == [{"name": "1.5", "zip": "36310"}]


def test_a_workbook_is_known_by_its_content_not_its_name(tmp_path: Path) -> None:
    book = a_workbook(tmp_path / "a.csv", {"Data": [["name", "zip"], ["A", "1"]]})
    assert list(rows(book, WANTED)) == [{"name": "A", "zip": "1"}]


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"name,city\nA,B\n", "a.csv", ": has no column `zip`; give the published file"),
        (b"a,b\n1,2\n", "a.csv", ": has no column `name`, `zip`; give the published file"),
        (b"name,zip,ZIP\n", "a.csv", ": has the column `zip` twice; keep one"),
        (b"name,zip\nA, Inc,1\n", "a.csv",
         ": has more cells than columns in row 2; put cells with commas in quotes"),
        (b'name,zip\n"A,1\nB,2\n', "a.csv", ":3: is not valid CSV: unexpected end of data; check the quotes"),
        (b'name,zip\n"A"x,1\n', "a.csv", ":2: is not valid CSV: ',' expected after '\"'; check the quotes"),
        (b" \n", "a.csv", ": is empty"),
        (b"name,zip\nA\x00,1\n", "a.csv", ": is not text; save it as CSV in UTF-8"),
        (b"\x81\x8d\xff", "a.csv", ": is not text; save it as CSV in UTF-8"),
        (b"hello", "a.xlsx", ": is not an Excel workbook; download it again, or give a .csv"),
        (b"\xd0\xcf\x11\xe0\xa1", "a.xls",
         ": is an Excel workbook of the old kind, or locked; save it as .xlsx or .csv"),
    ],
)  # fmt: skip
def test_files_that_are_no_such_table(tmp_path: Path, data: bytes, name: str, said: str) -> None:
    assert error_of(saved(tmp_path, data, name)) == said


def test_a_field_of_absurd_length_is_refused(tmp_path: Path) -> None:
    text = "name,zip\n" + "x" * 200_000 + ",1\n"
    assert "field larger than field limit" in error_of(saved(tmp_path, text.encode()))


def test_missing_files_folders_and_impossible_names(tmp_path: Path) -> None:
    assert error_of(tmp_path / "none.csv") == ": is not there; check the name"
    assert ": can't be read" in error_of(tmp_path)
    assert error_of(Path("a\0b")) == ": is no file name"


def test_a_file_of_absurd_size_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MAX_BYTES", 4)
    assert "is larger than" in error_of(saved(tmp_path, b"name,zip\n"))


def test_without_the_extra_a_workbook_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "python_calamine":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    book = a_workbook(tmp_path / "a.xlsx", {"Data": [["name", "zip"]]})
    with pytest.raises(UsageError, match=r"pip install 'opmatch\[xlsx\]'"):
        list(rows(book, WANTED))


def a_zip(folder: Path, members: Mapping[str, bytes]) -> Path:
    path = folder / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    assert "is not an Excel workbook that can be read" in error_of(a_zip(tmp_path, {"readme.txt": b"hello"}))


def test_a_cut_off_workbook(tmp_path: Path) -> None:
    book = a_workbook(tmp_path / "a.xlsx", {"Data": [["name", "zip"]]})
    assert "is not an Excel workbook that can be read" in error_of(
        saved(tmp_path, book.read_bytes()[:-300], "b.xlsx")
    )


def test_a_sheet_that_is_broken_inside(tmp_path: Path) -> None:
    book = a_workbook(
        tmp_path / "a.xlsx", {"Data": []}, xl__worksheets__sheet1_xml="<worksheet><sheetData><row"
    )
    assert error_of(book).startswith(": ")


ABSURD = ": unpacks to an absurd size; give the published file"


def test_a_zip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_UNPACKED_BYTES", 1_000_000)
    bomb = a_zip(tmp_path, {"xl/worksheets/sheet1.xml": b" " * 2_000_000})
    assert bomb.stat().st_size < 10_000
    assert error_of(bomb) == ABSURD


@pytest.mark.parametrize("reference", ["XFD1048576", "A999999999999999999999", "AAAAAAAAAAA1", "ZZZ9"])
def test_a_cell_far_away_is_refused_before_room_is_made_for_it(tmp_path: Path, reference: str) -> None:
    cells = sheet_xml([["name", "zip"]]).replace(
        "</sheetData>", f'<row><c r="{reference}"><v>1</v></c></row></sheetData>'
    )
    if reference == "ZZZ9":
        cells = cells.replace("</sheetData>", '<row r="500"></row></sheetData>')
    book = a_workbook(tmp_path / "a.xlsx", {"Data": []}, xl__worksheets__sheet1_xml=cells)
    assert error_of(book) == ABSURD


def test_very_many_rows_beside_one_very_long_row_are_refused(tmp_path: Path) -> None:
    cell = "<c><v>1</v></c>"
    body = f"<row>{cell * 10_000}</row>" + f"<row>{cell}</row>" * 10_000
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet_text = f"<worksheet {main}><sheetData>{body}</sheetData></worksheet>"
    book = a_workbook(tmp_path / "a.xlsx", {"Data": []}, xl__worksheets__sheet1_xml=sheet_text)
    assert error_of(book) == ABSURD


def test_one_long_text_shared_by_very_many_cells_is_refused(tmp_path: Path) -> None:
    cell = '<c t="s"><v>0</v></c>'
    body = "".join(f"<row>{cell * 10}</row>" for _ in range(3000))
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    book = a_workbook(
        tmp_path / "a.xlsx",
        {"Data": []},
        xl__worksheets__sheet1_xml=f"<worksheet {main}><sheetData>{body}</sheetData></worksheet>",
        xl__sharedStrings_xml=f"<sst {main}><si><t>{'x' * 100_000}</t></si></sst>",
    )
    assert error_of(book) == ABSURD


def test_rows_are_given_one_by_one(tmp_path: Path) -> None:
    found = rows(saved(tmp_path, b'name,zip\nA,1\n"B,2\n'), WANTED)
    assert next(found) == {"name": "A", "zip": "1"}
    with pytest.raises(InputError):
        next(found)


def test_a_table_of_titles_only_names_the_nearest_header(tmp_path: Path) -> None:
    table: Sequence[Sequence[str]] = [["name", "place"], ["A", "1"]]
    book = a_workbook(tmp_path / "a.xlsx", {"One": [["x"]], "Two": table})
    assert error_of(book) == ": has no column `zip`; give the published file"


def test_what_can_be_read_once_only_takes_no_more_room_than_it_needs(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        written = pool.submit(pipe.write_bytes, b"name,zip\nA,1\n")
        file = open_file(pipe, sheet.MAX_STREAMED_BYTES)
        written.result()
    assert (file.size, file.everything()) == (13, b"name,zip\nA,1\n")
