"""Answers as lines of a file: JSON Lines of schema 1, or CSV with a row for each request and match."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
from msgspec.structs import asdict

from opmatch.batch.discretion import without_request
from opmatch.batch.outcome import Outcome
from opmatch.batch.plan import Form, Plan
from opmatch.model.ranking import Ranking
from opmatch.render import csv as sheet

_FIRST: Final = ("row", "ref", "result")
_LAST: Final = ("error", "candidates")
_REQUEST: Final = "request"


def head(plan: Plan) -> bytes:
    """What stands before the first answer."""
    if plan.form == "jsonl":
        return b""
    return _written([columns(plan)])


def columns(plan: Plan) -> tuple[str, ...]:
    """The columns of the CSV form."""
    return (*_FIRST, *sheet.COLUMNS, *_LAST, *((_REQUEST,) if plan.with_request else ()))


def lines(outcome: Outcome, plan: Plan) -> bytes:
    """One answer, with a newline at the end of each line."""
    form: Form = plan.form
    return _json_line(outcome, plan) if form == "jsonl" else _csv_lines(outcome, plan)


def _json_line(outcome: Outcome, plan: Plan) -> bytes:
    line: dict[str, Any] = {"row": outcome.row, "ref": outcome.ref}
    if outcome.ranking is None:
        line["error"] = outcome.fault
    else:
        line |= asdict(_shown(outcome.ranking, plan))
        if not plan.with_request:
            line[_REQUEST] = None
    return msgspec.json.encode(line) + b"\n"


def _csv_lines(outcome: Outcome, plan: Plan) -> bytes:
    every: dict[str, Any] = {"row": outcome.row, "ref": outcome.ref, "result": outcome.result}
    if outcome.ranking is None:
        fault = outcome.fault
        assert fault is not None
        candidates = dict.fromkeys(id_ for one in fault.problems for id_ in one.candidates)
        every |= {"error": fault.message, "candidates": "; ".join(candidates), "safety": fault.help}
        found: Sequence[dict[str, Any]] = ({},)
    else:
        shown = _shown(outcome.ranking, plan)
        if plan.with_request:
            every[_REQUEST] = msgspec.json.encode(shown.request).decode()
        found = sheet.rows_of(shown) or [sheet.every_row(shown)]
    names = columns(plan)
    return _written([sheet.neutral((every | row).get(name)) for name in names] for row in found)


def _shown(ranking: Ranking, plan: Plan) -> Ranking:
    return ranking if plan.with_request else without_request(ranking)


def _written(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
