"""A chunk of rows in, answer lines out: pure, and of values that other processes can be handed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from opmatch import api
from opmatch.batch import faults
from opmatch.batch.calls import Asked, asked_of
from opmatch.batch.lines import lines
from opmatch.batch.outcome import Fault, Outcome
from opmatch.batch.plan import Plan
from opmatch.batch.rows import Row
from opmatch.batch.tally import Tally
from opmatch.batch.words import Flaw, words_of
from opmatch.errors import UsageError
from opmatch.intake.plain_fields import read_ref
from opmatch.intake.understand import RequestError
from opmatch.matching.memory import Memory
from opmatch.model.program import Catalog
from opmatch.model.ranking import Notice
from opmatch.model.request import Request

Understood = tuple[Request, tuple[Notice, ...]]


@dataclasses.dataclass
class Answers:
    """The lines of a chunk of rows, whole, in their order.

    `refused` is set where a strict batch ends: the row that is invalid, and what is wrong with it. Its line
    isn't among `text`.
    """

    text: bytes = b""
    rows: int = 0
    tally: Tally = dataclasses.field(default_factory=Tally)
    asked: tuple[Asked, ...] = ()
    refused: str | None = None


def answer(catalog: Catalog, plan: Plan, rows: Sequence[Row], memory: Memory | None = None) -> Answers:
    """What `find` would answer to each row, in order; the same whatever came before, in whichever process.

    `memory` is what earlier chunks over the same catalog found.
    """
    out = Answers()
    text: list[bytes] = []
    asked: list[Asked] = []
    for outcome in _outcomes(catalog, plan, rows, memory):
        fault = outcome.fault
        if fault is not None and plan.strict:
            out.refused = f"{outcome.label}: {fault.message}"
            break
        text.append(lines(outcome, plan))
        stop = outcome.ranking.safety_stop if outcome.ranking else None
        out.tally.count(outcome.result, outcome.label, stop.flag if stop else None)
        if plan.calls and outcome.ranking is not None:
            asked += asked_of(outcome.row, outcome.label, outcome.ranking)
        out.rows += 1
    out.text, out.asked = b"".join(text), tuple(asked)
    return out


def _outcomes(catalog: Catalog, plan: Plan, rows: Sequence[Row], memory: Memory | None) -> Iterator[Outcome]:
    read = [_read(row, plan) for row in rows]
    rankings = api.rank_many(
        catalog, (found for _ref, found in read if not isinstance(found, Fault)), plan.limit, memory
    )
    for row, (ref, found) in zip(rows, read, strict=True):
        if isinstance(found, Fault):
            yield Outcome(row=row.number, ref=ref, fault=found)
        else:
            yield Outcome(row=row.number, ref=ref, ranking=next(rankings))


def _read(row: Row, plan: Plan) -> tuple[str | None, Understood | Fault]:
    """The reference, where there is one that may be told, and the request or what is wrong with it."""
    try:
        words = words_of(row, plan.keys)
    except Flaw as flaw:
        # A row that can't be read may still be a cry for help.
        heard = any(api.hears_danger(text) for text in flaw.texts)
        return _ref(flaw.ref), faults.of_flaw(flaw, help_line=api.help_line() if heard else "")
    ref = _ref(words.ref)
    try:
        return ref, api.understand(words, plan.as_of)
    except RequestError as error:
        return ref, faults.of_error(error, words, with_request=plan.with_request)


def _ref(text: str | None) -> str | None:
    try:
        return None if text is None else read_ref(text)
    except UsageError:
        return None
