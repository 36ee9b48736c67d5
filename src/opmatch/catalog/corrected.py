"""Corrections laid over one program before it is resolved, and how each of them stands to its source."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct, structs

from opmatch.catalog.amend import Data, NoPlaceError, steps_of, value_at, with_date, with_value
from opmatch.catalog.flaw import Flaw, path_text
from opmatch.catalog.flaw import Path as FlawPath
from opmatch.catalog.overlay import CorrectionEntry, Kept
from opmatch.catalog.yaml_text import flow
from opmatch.errors import Problem
from opmatch.model.program import Correction, Program, Standing

_PHONE: Final = "intake.phone"
_APART: Final = re.compile(r"[^0-9a-z]")
_COUNTRY: Final = re.compile(r"^1(?=[0-9]{10}(?:x|$))")

Resolve = Callable[[Data], tuple[Program | None, tuple[Flaw, ...]]]


class Corrected(Struct, frozen=True, kw_only=True):
    """A program with its corrections, or what is wrong with these."""

    program: Program
    corrections: tuple[Correction, ...] = ()
    problems: tuple[Problem, ...] = ()


def correct(data: Data, plain: Program, kept: Sequence[Kept], resolve: Resolve, at: FlawPath) -> Corrected:
    """`plain`, which is what `data` resolves to, with all of `kept` applied in their order.

    Of two for one field the later counts. A correction whose place is gone is told, not an error.
    """
    program, found, problems = plain, list[Correction](), list[Problem]()
    for one in kept:
        entry, steps = one.entry, steps_of(one.entry.field)
        source = value_at(data, steps)
        try:
            changed = with_value(data, steps, _as_written(entry.value))
        except NoPlaceError:
            found.append(_told(one, source, "no-place"))
            continue
        same, flaws = resolve(changed)
        if same is None:
            problems += [_problem(one, flaw, at) for flaw in flaws]
            continue
        caught_up = _says_the_same(same, program)
        if not (caught_up and _confirmed(program, steps[0]) >= entry.date):
            changed = with_date(changed, steps, entry.date)
            same, _ = resolve(changed)
            assert same is not None, "a date makes no program wrong"
        data, program = changed, same
        found.append(_told(one, source, _standing(entry, source, caught_up=caught_up)))
    told = tuple(one for one in found if one.standing != "no-place")
    program = structs.replace(program, corrections=told)
    return Corrected(program=program, corrections=tuple(found), problems=tuple(problems))


def unapplied(one: Kept) -> Correction:
    """A correction of a program that isn't in the catalogs read."""
    return _told(one, None, "no-program")


def _standing(entry: CorrectionEntry, source: Any, *, caught_up: bool) -> Standing:
    if caught_up:
        return "caught-up"
    known = entry.was is not msgspec.UNSET
    was, now = _text(entry.was) if known else "", _text(source)
    if entry.field == _PHONE:
        was, now = _number(was), _number(now)
    return "source-changed" if known and was != now else "applied"


def _says_the_same(one: Program, other: Program) -> bool:
    """Whether two readings of a program differ in nothing but how a phone number is spelled."""
    if one == other:
        return True
    if _number(one.intake.phone) != _number(other.intake.phone):
        return False
    return one == structs.replace(other, intake=structs.replace(other.intake, phone=one.intake.phone))


def _number(phone: str) -> str:
    """A phone number without what sets its parts apart: "+1 (312) 867-4420 ext. 2" is 3128674420x2."""
    digits = _APART.sub("", phone.lower()).replace("ext", "x")
    return _COUNTRY.sub("", digits)


def _told(one: Kept, source: Any, standing: Standing) -> Correction:
    entry = one.entry
    return Correction(
        program=entry.program,
        field=entry.field,
        value=_text(entry.value),
        by=entry.by,
        date=entry.date,
        who=entry.who or "",
        was=None if entry.was is msgspec.UNSET else _text(entry.was),
        source=_text(source),
        standing=standing,
        file=one.file,
        line=one.line,
    )


def _text(value: Any) -> str:
    """A value on one line, numbers of JSON as the text YAML has for them; "" for none."""
    if value is None:
        return ""
    plain = _as_written(value)
    return plain if isinstance(plain, str) else flow(plain)


def _as_written(value: Any) -> Any:
    """A value as reading a file gives it: dates and numbers as text."""
    if isinstance(value, dict):
        return {key: _as_written(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_as_written(item) for item in value]
    if value is None or isinstance(value, bool | str):
        return value
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _confirmed(program: Program, top: str) -> dt.date:
    verified = program.verified
    return verified.fields.get(top) or verified.date or program.origin.as_of or dt.date.min


def _problem(one: Kept, flaw: Flaw, at: FlawPath) -> Problem:
    message = f"corrects {one.entry.field}: {path_text(flaw.path[len(at) :])} {flaw.message}"
    return Problem(one.file, message, one.line, one.entry.program, mend=flaw.mend)
