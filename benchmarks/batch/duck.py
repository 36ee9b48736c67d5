"""The same question put to DuckDB: gates, schedule fit, points and the top three, as one SQL statement.

What a competent person would write against flat tables: three-valued gates as 0, 1, 2; candidates cut by a
box before the great circle; lists searched with list functions; one statement for as many requests as
wanted (duck.sql).

It leaves out, so it has less to do: near misses, relaxations, the funnel, low and high, questions, session
times, folding of programs at one address, virtual care, tracks, `must`, `start_by` and safety flags; reasons
are one sentence a criterion. It reads needs, places and payers as opmatch understood them: understanding
words is not part of its time, and is part of opmatch's.
"""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from opmatch import api
from opmatch.matching.judge import Judge
from opmatch.model.program import Program, Tri
from opmatch.model.request import Request

COLUMNS = {
    "id": "VARCHAR", "name": "VARCHAR", "organization": "VARCHAR", "level": "VARCHAR", "active": "BOOLEAN",
    "fields": "VARCHAR[]", "in_person": "INTEGER", "latitude": "DOUBLE", "longitude": "DOUBLE",
    "state": "VARCHAR", "ages": "STRUCT(low INTEGER, high INTEGER, sure BOOLEAN)[]",
    "ages_complete": "BOOLEAN",
    "specializes": "VARCHAR[]", "treats": "VARCHAR[]", "need_only": "VARCHAR[]", "need_excludes": "VARCHAR[]",
    "approaches": "VARCHAR[]", "no_approaches": "VARCHAR[]",
    "groups": "VARCHAR[]", "welcomes": "VARCHAR[]", "group_only": "VARCHAR[]", "group_excludes": "VARCHAR[]",
    "group_unknown": "BOOLEAN",
    "payers": "VARCHAR[]", "payers_over": "VARCHAR[]", "payers_complete": "BOOLEAN",
    "languages": "VARCHAR[]", "interpreters": "INTEGER", "wait": "INTEGER", "days_old": "INTEGER",
    "hours": "STRUCT(low INTEGER, high INTEGER)[]", "all_days": "BOOLEAN",
    "phone": "VARCHAR", "street": "VARCHAR", "city": "VARCHAR", "zip": "VARCHAR",
}  # fmt: skip

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
ASKED = {
    "number": "INTEGER", "need": "VARCHAR", "fields": "VARCHAR[]", "common": "VARCHAR[]",
    "step0": "VARCHAR[]",
    "step1": "VARCHAR[]", "step2": "VARCHAR[]", "above": "VARCHAR[]", "first_line": "VARCHAR[]",
    "levels": "VARCHAR[]",
    "age": "INTEGER", "latitude": "DOUBLE", "longitude": "DOUBLE", "state": "VARCHAR", "within": "DOUBLE",
    "payers": "VARCHAR[]", "heads": "VARCHAR[]", "language": "VARCHAR", "groups": "VARCHAR[]",
    "approaches": "VARCHAR[]", "free": "STRUCT(low INTEGER, high INTEGER)[]", "of_fit": "INTEGER",
    "of_schedule": "INTEGER", "of_wait": "INTEGER", "of_travel": "INTEGER", "of_cost": "INTEGER",
    "of_wishes": "INTEGER",
}  # fmt: skip
RENAMED = {
    "active": "is_active", "fields": "care_fields", "in_person": "mode_in_person", "latitude": "lat",
    "longitude": "lon", "state": "state_of", "ages": "age_ranges", "approaches": "offered",
    "groups": "groups_",
    "payers": "payer_list",
}  # fmt: skip
"""Columns that a request has a value of the same name for."""
_TRI = {Tri.YES: 2, Tri.UNKNOWN: 1, Tri.NO: 0}


class Duck:
    """The programs in one table, on one thread."""

    def __init__(self, programs: Sequence[Program], as_of: dt.date) -> None:
        self._db = duckdb.connect()
        self._db.execute("SET threads = 1")
        columns = ", ".join(f"{RENAMED.get(name, name)} {kind}" for name, kind in COLUMNS.items())
        self._db.execute(f"CREATE TABLE program ({columns})")
        self._load("program", COLUMNS, (_row(program, as_of) for program in programs))

    def ask(self, requests: Sequence[Request]) -> list[list[dict[str, Any]]]:
        """The first three of each level and tier, for each request; one statement for them all."""
        kinds = ", ".join(f"{name} {kind}" for name, kind in ASKED.items())
        self._db.execute(f"CREATE OR REPLACE TEMP TABLE request ({kinds})")
        rows = (parameters(number, request) for number, request in enumerate(requests))
        self._load("request", ASKED, rows)
        found = self._db.execute(SQL)
        names = [column[0] for column in found.description]
        out: list[list[dict[str, Any]]] = [[] for _ in requests]
        for row in found.fetchall():
            out[row[0]].append(dict(zip(names, row, strict=True)))
        return out

    def answers(self, requests: Sequence[Request]) -> list[str]:
        """The same as lines of JSON."""
        return [json.dumps(one) for one in self.ask(requests)]

    def _load(self, table: str, columns: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> None:
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:  # row by row takes minutes
            file.writelines(json.dumps(row) + "\n" for row in rows)
            file.flush()
            kinds = json.dumps(columns).replace('"', "'")
            names = ", ".join(columns)
            self._db.execute(
                f"INSERT INTO {table} SELECT {names} FROM read_json(?, columns = {kinds})", [file.name]
            )


def parameters(number: int, request: Request) -> dict[str, Any]:
    """A request as the statement takes it."""
    case = api.case_of(request)
    judge = Judge(case)
    shares = {rule.name: share for rule, share in zip(judge.criteria, judge.shares, strict=True)}
    look = case.needs[0]
    assert request.near is not None
    near = request.near
    payers = list(case.payer_ids)
    return {
        "number": number,
        "need": look.need.id,
        "fields": list(look.need.fields),
        "common": list(look.need.common),
        **{f"step{n}": [id_ for id_, steps in look.related.items() if steps == n] for n in range(3)},
        "above": list(look.ancestors),
        "first_line": list(look.approaches),
        "levels": list(request.levels),
        "age": request.age,
        "latitude": near.point.latitude,
        "longitude": near.point.longitude,
        "state": near.state,
        "within": request.within,
        "payers": payers,
        "heads": [one.partition(":")[0] for one in payers if ":" in one],
        "language": request.language.id if request.language else None,
        "groups": list(case.population_ids),
        "approaches": [one.id for one in request.approaches],
        "free": None
        if request.when is None
        else [{"low": low, "high": high} for low, high in request.when.spans],
        "of_fit": shares.get("fit", 0),
        "of_schedule": shares.get("schedule", 0),
        "of_wait": shares.get("availability", 0),
        "of_travel": shares.get("travel", 0),
        "of_cost": shares.get("cost", 0),
        "of_wishes": shares.get("preferences", 0),
    }


def _row(program: Program, as_of: dt.date) -> dict[str, Any]:
    site, groups = program.site, program.populations
    point = site.point if site else None
    date = program.verified.date or program.origin.as_of
    office = (
        program.appointments.hours
        if program.appointments
        else program.office_hours and program.office_hours.hours
    )
    return {
        "id": program.id,
        "name": program.name,
        "organization": program.organization,
        "level": program.level,
        "active": program.status == "active",
        "fields": list(program.fields),
        "in_person": _TRI[program.in_person],
        "latitude": point.latitude if point else None,
        "longitude": point.longitude if point else None,
        "state": site.state if site else "",
        "ages": None
        if program.ages is None
        else [{"low": one.min, "high": one.max, "sure": one.sure} for one in program.ages],
        "ages_complete": program.ages_complete,
        "specializes": list(program.needs.specializes),
        "treats": list(program.needs.treats),
        "need_only": list(program.needs.only),
        "need_excludes": list(program.needs.excludes),
        "approaches": [one.id for one in program.approaches if one.offered is Tri.YES],
        "no_approaches": [one.id for one in program.approaches if one.offered is Tri.NO],
        "groups": [*groups.specializes, *groups.only],
        "welcomes": list(groups.welcomes),
        "group_only": list(groups.only),
        "group_excludes": list(groups.excludes),
        "group_unknown": groups.only_unknown,
        "payers": None if program.payers is None else [one.id for one in program.payers],
        "payers_over": None if program.origin.payers_over is None else list(program.origin.payers_over),
        "payers_complete": program.payers_complete,
        "languages": [one.id for one in program.languages],
        "interpreters": _TRI[program.interpreters],
        "wait": program.availability.wait_days,
        "days_old": (as_of - date).days if date else 365,
        "hours": None if not office else [{"low": low, "high": high} for low, high in office.spans],
        "all_days": bool(
            program.appointments or (program.office_hours and len(program.office_hours.days) == 7)
        ),
        "phone": program.intake.phone,
        "street": site.street if site else "",
        "city": site.city if site else "",
        "zip": site.zip if site else "",
    }
