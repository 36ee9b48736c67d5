"""A file of people: requests as a batch has them, with a priority beside each."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import itertools
import json
import tempfile
from collections.abc import Iterator, Sequence
from typing import Final

from opmatch import api
from opmatch.batch import columns, faults
from opmatch.batch.outcome import Fault
from opmatch.batch.rows import Requests, Row, requests_in
from opmatch.batch.source import Spooled
from opmatch.batch.words import Flaw, words_of
from opmatch.errors import InputError, Problem, UsageError
from opmatch.formats.open_file import OpenFile
from opmatch.formats.plain_columns import column_name
from opmatch.formats.sheet import csv_rows
from opmatch.intake.plain_fields import read_ref
from opmatch.intake.quote import quoted
from opmatch.intake.scalars import UnreadableError, read_entries
from opmatch.intake.understand import RequestError
from opmatch.model.placement import PRIORITIES, Priority
from opmatch.model.ranking import Notice
from opmatch.placing.people import Asker

PRIORITY: Final = "priority"
HELP: Final = '"# priority: Who comes first: urgent, soon or routine; routine where blank. Example: urgent"'
_ZIP_MAGIC: Final = b"PK\x03\x04"
_TEMPLATE_END: Final = "\r\n"


def template() -> str:
    """The empty sheet of a batch with the column of the priority."""
    *lines, header, end = columns.template().split(_TEMPLATE_END)
    return _TEMPLATE_END.join((*lines, HELP, f"{header},{PRIORITY}", end))


def read_people(file: OpenFile, as_of: dt.date, *, with_request: bool) -> list[Asker]:
    """Everybody in the file; whose row can't be understood too, with what is wrong with it.

    Raises InputError for a file that is no table and no JSON Lines, or has columns that aren't a request's.
    """
    requests = _requests_in(file)
    return [_asker(row, requests.keys, as_of, with_request=with_request) for row in requests.rows()]


def _requests_in(file: OpenFile) -> Requests:
    """The requests with the priority still among the keys: to a batch it is none of a request's."""
    try:
        return requests_in(file)
    except InputError as error:
        try:
            header = _header(file)
        except InputError:
            raise error from None
        keys = [column_name(cell) for cell in header]
        if PRIORITY not in keys:
            raise
    if keys.count(PRIORITY) > 1:
        raise InputError((Problem(str(file.path), "has the column priority twice", mend="keep one"),))
    at = keys.index(PRIORITY)
    others = [cell for place, cell in enumerate(header) if place != at]
    with _sheet_of(others, str(file.path)) as rest:
        found = list(requests_in(rest).keys or ())
    return Requests(file, (*found[:at], PRIORITY, *found[at:]))


def _header(file: OpenFile) -> list[str]:
    """The first row of a table that is neither blank nor a remark."""
    if file.first(len(_ZIP_MAGIC)).startswith(_ZIP_MAGIC):
        from opmatch.formats.workbook import sheets

        rows = itertools.chain.from_iterable(table for _, table in sheets(file.everything(), str(file.path)))
        return next((list(row) for row in rows if not _passed_over(row)), [])
    return next((list(row) for row in csv_rows(file.path, file) if not _passed_over(row)), [])


def _passed_over(row: Sequence[str]) -> bool:
    first = next((cell.strip() for cell in row if cell.strip()), "")
    return not first or (first.startswith("#") and not any(cell.strip() for cell in row[1:]))


@contextlib.contextmanager
def _sheet_of(header: Sequence[str], name: str) -> Iterator[OpenFile]:
    text = io.StringIO(newline="")
    csv.writer(text).writerow(header)
    data = text.getvalue().encode()
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        yield Spooled(file, name, len(data))


def _asker(row: Row, keys: tuple[str, ...] | None, as_of: dt.date, *, with_request: bool) -> Asker:
    said, row, keys = _without_priority(row, keys)
    priority, wrong = _priority(said)
    try:
        words = words_of(row, keys)
    except Flaw as flaw:
        heard = any(api.hears_danger(text) for text in flaw.texts)
        fault = faults.of_flaw(flaw, help_line=api.help_line() if heard else "")
        return _refused(row, _ref(flaw.ref), priority, fault, wrong)
    ref = _ref(words.ref)
    try:
        request, notices = api.understand(words, as_of)
    except RequestError as error:
        return _refused(row, ref, priority, faults.of_error(error, words, with_request=with_request), wrong)
    if wrong and api.safety_stop(request) is None:
        return Asker(row=row.number, ref=ref, priority=priority, notices=notices, error=wrong)
    return Asker(row=row.number, ref=ref, priority=priority, request=request, notices=notices)


def _refused(row: Row, ref: str | None, priority: Priority, fault: Fault, wrong: str) -> Asker:
    notices = (Notice("crisis", fault.help),) if fault.help else ()
    error = "; ".join(text for text in (wrong, fault.message) if text)
    return Asker(row=row.number, ref=ref, priority=priority, notices=notices, error=error)


def _without_priority(row: Row, keys: tuple[str, ...] | None) -> tuple[str, Row, tuple[str, ...] | None]:
    """What the priority says, and the row without it."""
    if row.flaw:
        return "", row, keys
    if isinstance(row.value, str):
        return (*_line_without_priority(row, row.value), keys)
    if keys is None or PRIORITY not in keys:
        return "", row, keys
    at = keys.index(PRIORITY)
    said = row.value[at] if at < len(row.value) else ""
    cells = (*row.value[:at], *row.value[at + 1 :])
    return said, Row(row.number, cells), (*keys[:at], *keys[at + 1 :])


def _line_without_priority(row: Row, line: str) -> tuple[str, Row]:
    try:
        entries = read_entries(line, is_json=True, located=False)
    except UnreadableError:
        return "", row  # what is wrong with it is told when it is read as a request
    own = [entry.value for entry in entries if entry.key == PRIORITY]
    if not own:
        return "", row
    rest = ", ".join(
        f"{json.dumps(entry.key)}: {json.dumps(entry.value)}" for entry in entries if entry.key != PRIORITY
    )
    said = own[0] if len(own) == 1 and isinstance(own[0], str) else json.dumps(own[0])
    return ("" if own[0] is None else str(said)), Row(row.number, f"{{{rest}}}")


def _priority(said: str) -> tuple[Priority, str]:
    """The priority, and what is wrong with it: nobody becomes routine by a slip of the pen."""
    word = said.strip().lower()
    for priority in PRIORITIES:
        if word == priority:
            return priority, ""
    if not word:
        return "routine", ""
    from opmatch.cli.nearest import did_you_mean

    hint = did_you_mean(word, PRIORITIES)
    return "routine", f"priority: {quoted(said.strip())} is none of {', '.join(PRIORITIES)}{hint}"


def _ref(text: str | None) -> str | None:
    try:
        return None if text is None else read_ref(text)
    except UsageError:
        return None
