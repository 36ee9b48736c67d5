"""One row as a request in its own words, or everything that keeps it from being one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from opmatch.batch.rows import LOOKED_AT, Row
from opmatch.errors import InputError
from opmatch.formats.plain_cells import parts
from opmatch.intake.request_file import request_of
from opmatch.intake.scalars import Entry, UnreadableError, read_entries
from opmatch.intake.words import LISTS, RequestWords

_LOST_ZERO: Final = re.compile(r"[0-9]{3,4}")
_MIDNIGHT: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) 00:00:00")
_ZIP_DIGITS: Final = 5


class Flaw(Exception):  # noqa: N818 (a flaw of the row, told in its answer)
    """A row that is no request; `problems` are (key, message), the key "" for the row as a whole.

    `texts` are the words in it, and `ref` its reference, as far as they can be told.
    """

    def __init__(
        self, problems: tuple[tuple[str, str], ...], texts: tuple[str, ...] = (), ref: str | None = None
    ) -> None:
        super().__init__("; ".join(message for _key, message in problems))
        self.problems, self.texts, self.ref = problems, texts, ref


def words_of(row: Row, keys: tuple[str, ...] | None) -> RequestWords:
    """The request of a row under a table's `keys`, or of a line of JSON. Raises Flaw."""
    whole = tuple(_texts(row.value))
    if row.flaw:
        raise Flaw((("", row.flaw),), whole)
    try:
        entries = _entries(row, keys)
    except UnreadableError as error:
        raise Flaw((("", f"{error.message}; {error.mend}"),), whole) from None
    try:
        return request_of(entries, "")
    except InputError as error:
        problems = tuple(
            (problem.path, f"{problem.message}; {problem.mend}" if problem.mend else problem.message)
            for problem in error.problems
        )
        raise Flaw(problems, tuple(_texts([entry.value for entry in entries])), _ref(entries)) from None


def _texts(value: Any) -> Iterator[str]:
    """The texts within, however deep, as far as they are looked at: danger may be told under any key."""
    left = LOOKED_AT
    waiting = [value]
    while waiting and left > 0:
        one = waiting.pop()
        if isinstance(one, str):
            yield one[:left]
            left -= len(one)
        elif isinstance(one, list | tuple | dict):
            waiting.extend(one.values() if isinstance(one, dict) else one)


def _ref(entries: list[Entry]) -> str | None:
    found = [entry.value for entry in entries if entry.key == "ref"]
    return found[0] if len(found) == 1 and isinstance(found[0], str) else None


def _entries(row: Row, keys: tuple[str, ...] | None) -> list[Entry]:
    if isinstance(row.value, str):
        return read_entries(row.value, is_json=True, located=False)
    return [
        Entry(key, _value(key, cell), None)
        for key, cell in zip(keys or (), row.value, strict=False)
        if key and cell
    ]


def _value(key: str, cell: str) -> str | list[str]:
    if key in LISTS:
        return list(parts(cell))
    if key == "near" and _LOST_ZERO.fullmatch(cell):
        return cell.zfill(_ZIP_DIGITS)  # a spreadsheet took the ZIP for a number
    if key == "start_by" and (day := _MIDNIGHT.fullmatch(cell)):
        return day[1]  # or made a moment of the day
    return cell
