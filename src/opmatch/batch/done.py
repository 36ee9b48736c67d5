"""What a part of an output already holds: how far it is whole, and how its rows went."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, Literal, NamedTuple

import msgspec
from msgspec import Struct

from opmatch.batch.lines import columns, head
from opmatch.batch.outcome import told
from opmatch.batch.plan import Plan
from opmatch.batch.tally import Tally
from opmatch.errors import UsageError

_DAMAGED: Final = "is not as it was written, at line {line}, so it can't be continued; delete it"


class Done(NamedTuple):
    """`length` in bytes up to the end of the last row that is whole; `row` is that row, 0 for none."""

    length: int
    row: int
    tally: Tally


class _Fault(Struct):
    kind: Literal["invalid", "unsure"]


class _Stop(Struct):
    flag: str


class _Line(Struct):
    """As much of an answer as is counted."""

    row: int
    ref: str | None
    error: _Fault | None = None
    safety_stop: _Stop | None = None
    eligible: int = 0
    confirm: int = 0


def done(file: BinaryIO, plan: Plan, name: str) -> Done:
    """How far the part in `file` goes. Raises UsageError where it holds something else."""
    file.seek(0)
    return _json_done(file, name) if plan.form == "jsonl" else _csv_done(file, plan, name)


def _json_done(file: BinaryIO, name: str) -> Done:
    tally, length, row = Tally(), 0, 0
    decoder = msgspec.json.Decoder(_Line)
    for number, line in enumerate(_whole_lines(file), 1):
        try:
            found = decoder.decode(line)
        except msgspec.MsgspecError:
            raise UsageError(f"{name} {_DAMAGED.format(line=number)}") from None
        if found.row <= row:
            raise UsageError(f"{name} {_DAMAGED.format(line=number)}")
        length, row = length + len(line), found.row
        label = told(found.row, found.ref)
        if found.error is not None:
            tally.count(found.error.kind, label)
        elif found.safety_stop is not None:
            tally.count("stopped", label, found.safety_stop.flag)
        else:
            tally.count("matched" if found.eligible + found.confirm else "nothing", label)
    return Done(length, row, tally)


def _csv_done(file: BinaryIO, plan: Plan, name: str) -> Done:
    """A request's rows may have been cut short, and nothing says so: the last request is answered again."""
    tally, length, whole, row = Tally(), 0, 0, 0
    names = columns(plan)
    last: dict[str, str] | None = None
    for number, line in enumerate(_whole_lines(file), 1):
        cells = next(csv.reader(io.StringIO(line.decode("utf-8", "replace"))), [])
        if number == 1:
            fits = line == head(plan)
            whole = len(line)
        else:
            at = int(cells[0]) if cells and cells[0].isdecimal() and len(cells) == len(names) else 0
            fits = at > 0 and (last is None or at >= int(last["row"]))
            if fits and (last is None or at > int(last["row"])):
                row, whole = (0, length) if last is None else (_counted(tally, last), length)
                last = dict(zip(names, cells, strict=True))
        if not fits:
            raise UsageError(f"{name} {_DAMAGED.format(line=number)}")
        length += len(line)
    return Done(whole, row, tally)


def _counted(tally: Tally, values: dict[str, str]) -> int:
    result: Any = values["result"]
    row = int(values["row"])
    tally.count(result, told(row, values["ref"] or None), values["safety_stop"] or None)
    return row


def _whole_lines(file: BinaryIO) -> Iterator[bytes]:
    for line in file:
        if line.endswith(b"\n"):  # only the last can be torn
            yield line
