"""Rows of requests from whatever file they are in: dirty, hostile or fine."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

from opmatch.batch.columns import columns, template
from opmatch.batch.rows import LONGEST_LINE, Row, requests_in
from opmatch.batch.source import open_requests
from opmatch.batch.words import Flaw, words_of
from opmatch.errors import InputError
from opmatch.intake.words import KEYS, RequestWords
from workbooks import a_workbook

Read = tuple[tuple[str, ...] | None, list[Row]]


def read(content: bytes, name: str = "r.csv", folder: Path | None = None) -> Read:
    """Keys and rows of a file, or of standard input where there is no folder to put it."""
    source = "-"
    if folder is not None:
        source = str(folder / name)
        Path(source).write_bytes(content)
    with contextlib.closing(open_requests(source, io.BytesIO(content))) as file:
        found = requests_in(file)
        assert list(found.rows()) == list(found.rows()), "a file can be read again"
        return found.keys, list(found.rows())


def asked(content: bytes, name: str = "r.csv") -> list[RequestWords | tuple[tuple[str, str], ...]]:
    """What each row asks, or what is wrong with it."""
    keys, rows = read(content, name)
    out: list[RequestWords | tuple[tuple[str, str], ...]] = []
    for row in rows:
        try:
            out.append(words_of(row, keys))
        except Flaw as flaw:
            out.append(flaw.problems)
    return out


def test_the_columns_of_the_sheet_are_the_keys_of_a_request() -> None:
    assert sorted(column.column for column in columns()) == sorted(KEYS)


def test_the_template_is_a_sheet_without_requests() -> None:
    assert read(template().encode()) == (tuple(column.column for column in columns()), [])


def test_every_example_of_the_template_is_understood() -> None:
    table = template() + ",".join(f'"{column.example}"' for column in columns()) + "\r\n"
    (words,) = asked(table.encode())
    assert isinstance(words, RequestWords)
    assert (words.needs, words.when) == (("ptsd", "alcohol"), ("mon-fri 17:30-21:00", "sat 9-13"))


def test_cells_hold_several_values_only_where_a_key_does() -> None:
    assert asked(b'needs,near,when\nptsd; alcohol ;ptsd,"Chicago, IL",sat 9-13\n') == [
        RequestWords(needs=("ptsd", "alcohol"), near="Chicago, IL", when=("sat 9-13",))
    ]


def test_what_a_spreadsheet_did_to_a_zip_and_a_day_is_undone() -> None:
    assert asked(b"near,start_by\n2134,2026-12-01 00:00:00\n") == [
        RequestWords(near="02134", start_by="2026-12-01")
    ]


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_marks_line_ends_and_byte_order_marks_don_t_matter(start: bytes, end: str, mark: str) -> None:
    lines = (f"Ref{mark}Start by", f"A{mark}7d", mark, f"B{mark}")
    content = start + end.join(lines).encode() + end.encode()
    assert read(content) == (("ref", "start_by"), [Row(1, ("A", "7d")), Row(3, ("B", ""))])


def test_blank_lines_count_and_are_left_out_in_every_form(tmp_path: Path) -> None:
    table = [["ref"], ["A"], [""], ["# a remark"], ["B"]]
    book = a_workbook(tmp_path / "r.xlsx", {"Empty": [], "Requests": table})
    expected = [Row(1, ("A",)), Row(4, ("B",))]
    assert read(b"ref\nA\n\n# a remark\nB\n")[1] == expected
    assert read(book.read_bytes())[1] == expected
    assert [row.number for row in read(b'{"ref":"A"}\n\n  \n{"ref":"B"}')[1]] == [1, 4]


def test_what_kind_of_file_it_is_shows_in_its_content(tmp_path: Path) -> None:
    book = a_workbook(tmp_path / "b.xlsx", {"Requests": [["ref"], ["A"]]})
    assert read(book.read_bytes(), "r.csv", tmp_path)[0] == ("ref",)
    assert read(b'{"ref": "A"}', "r.csv", tmp_path)[0] is None
    assert read(b"ref\nA\n", "r.txt", tmp_path)[0] == ("ref",)
    assert read(b"ref\nA\n", "r.jsonl", tmp_path)[0] is None, "named so, it is to be JSON Lines"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"ref,need\nA,ptsd\n", 'no request has the column "need"; did you mean needs?'),
        (b"ref,zip\nA,60610\n", 'no request has the column "zip"; did you mean near?'),
        (b"ref,needs,Needs\nA,ptsd,x\n", 'has the column "Needs" twice; keep one'),
        (b"ref,First name\nA,Jo\n", 'the column "first_name" would say who the client is'),
        (b"ref,DOB\nA,1\n", 'the column "dob" would say who the client is'),
        (b"ref,Client phone\nA,1\n", 'the column "client_phone" would say who the client is'),
        (b"\n\n# only a remark\n", "has no header"),
        (b"", "is empty"),
        (b" \n \n", "is empty"),
        (b"ref\nA\x00\n", "is not text"),
        (b'ref\n"A\n', "is not valid CSV"),
        (b"ref\n" + b"x" * 200_000 + b"\n", "is not valid CSV"),
        (b"PK\x03\x04 no workbook", "is not an Excel workbook that can be read"),
        (b"\xd0\xcf\x11\xe0 old", "of the old kind"),
    ],
)
def test_a_file_that_holds_no_requests_says_why(content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)):
        list(read(content)[1])


def test_all_that_is_wrong_with_a_header_is_said_at_once() -> None:
    with pytest.raises(InputError) as caught:
        read(b"need,name,ref,ref\n")
    assert len(caught.value.problems) == 3


def test_a_missing_file_or_a_folder_is_said_to_be_one(tmp_path: Path) -> None:
    for name, said in ((tmp_path / "none.csv", "is not there"), (tmp_path, "is a folder")):
        with pytest.raises(InputError, match=said):
            open_requests(str(name), io.BytesIO())
    with pytest.raises(InputError, match="no file name"):
        open_requests("a\0b", io.BytesIO())


@pytest.mark.parametrize(
    ("line", "key", "said"),
    [
        ('{"needs": ["ptsd"], "name": "Jo"}', "", "would say who the client is"),
        ('{"needs": ["ptsd"], "needs": []}', "", "is written twice"),
        ('{"neds": ["ptsd"]}', "", "did you mean needs?"),
        ('{"needs": {"a": 1}}', "needs", "holds more than texts"),
        ('{"near": ["60610"]}', "near", "takes one value"),
        ('{"needs": ["a\\u0000b"]}', "needs", "holds control characters"),
        ('{"needs": ["' + "x" * 3000 + '"]}', "needs", "is longer than 2,000 characters"),
        ('{"waitlist": "perhaps"}', "waitlist", "is neither true nor false"),
        ("[1, 2]", "", "is no JSON object"),
        ("{", "", "is not valid JSON"),
        ("[" * 100_000, "", "is no JSON object|is nested too deep|is not valid JSON"),
        ('{"ref": "' + "x" * LONGEST_LINE + '"}', "", "is longer than"),
        ('{"ref": "' + "x" * 300_000 + '"}', "", "has more than 200,000 characters"),
    ],
)
def test_a_line_that_is_no_request_is_told_and_the_next_one_read(line: str, key: str, said: str) -> None:
    first, second = asked(f'{line}\n{{"ref": "B", "age": 34, "near": "02134"}}\n'.encode(), "r.jsonl")
    assert isinstance(first, tuple)
    assert first[0][0] == key
    assert re.search(said, first[0][1])
    assert second == RequestWords(ref="B", age="34", near="02134")


@pytest.mark.parametrize(
    ("row", "said"),
    [("A,ptsd,more", "more cells than"), ("A,pt\x01sd", "control characters"), (f"A,{'x' * 3000}", "longer")],
)
def test_a_row_that_is_no_request_is_told_and_the_next_one_read(row: str, said: str) -> None:
    first, second = asked(f"ref,needs\n{row}\nB,ptsd\n".encode())
    assert isinstance(first, tuple)
    assert said in first[0][1]
    assert second == RequestWords(ref="B", needs=("ptsd",))


def test_a_row_shorter_than_the_header_asks_no_more() -> None:
    assert asked(b"ref,needs,near\nA\n") == [RequestWords(ref="A")]
