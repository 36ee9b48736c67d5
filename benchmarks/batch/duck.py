"""The same question put to DuckDB: gates, schedule fit, points and the top three, as one SQL statement.

What a competent person would write against flat tables: three-valued gates as 0, 1, 2; candidates cut by a
box before the great circle; lists searched with list functions; one statement for as many requests as wanted.

It leaves out, so it has less to do: near misses, relaxations, the funnel, low and high, questions, session
times, folding of programs at one address, virtual care, tracks, `must`, `start_by` and safety flags; reasons
are one sentence a criterion. It reads needs, places and payers as opmatch understood them: understanding words
is not part of its time, and is part of opmatch's.
"""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb

from opmatch import api
from opmatch.matching.judge import Judge
from opmatch.model.program import Program, Tri
from opmatch.model.request import Request

COLUMNS = {
    "id": "VARCHAR", "name": "VARCHAR", "organization": "VARCHAR", "level": "VARCHAR", "active": "BOOLEAN",
    "fields": "VARCHAR[]", "in_person": "INTEGER", "latitude": "DOUBLE", "longitude": "DOUBLE", "state": "VARCHAR",
    "ages": "STRUCT(low INTEGER, high INTEGER, sure BOOLEAN)[]", "ages_complete": "BOOLEAN",
    "specializes": "VARCHAR[]", "treats": "VARCHAR[]", "need_only": "VARCHAR[]", "need_excludes": "VARCHAR[]",
    "approaches": "VARCHAR[]", "no_approaches": "VARCHAR[]",
    "groups": "VARCHAR[]", "welcomes": "VARCHAR[]", "group_only": "VARCHAR[]", "group_excludes": "VARCHAR[]",
    "group_unknown": "BOOLEAN",
    "payers": "VARCHAR[]", "payers_over": "VARCHAR[]", "payers_complete": "BOOLEAN",
    "languages": "VARCHAR[]", "interpreters": "INTEGER", "wait": "INTEGER", "days_old": "INTEGER",
    "hours": "STRUCT(low INTEGER, high INTEGER)[]", "all_days": "BOOLEAN",
    "phone": "VARCHAR", "street": "VARCHAR", "city": "VARCHAR", "zip": "VARCHAR",
}  # fmt: skip

# 2 met, 1 unknown, 0 not met.
SQL = """
WITH near AS (
  SELECT p.*, r.*, p.groups_ AS has_groups,
    3958.7613 * 2 * asin(sqrt(pow(sin(radians(p.lat - r.latitude) / 2), 2)
      + cos(radians(r.latitude)) * cos(radians(p.lat)) * pow(sin(radians(p.lon - r.longitude) / 2), 2))) AS miles
  FROM program p, request r
  WHERE p.is_active AND p.mode_in_person > 0
    AND (len(r.levels) = 0 OR list_contains(r.levels, p.level))
    AND list_has_any(r.fields, p.care_fields)
    AND p.lat BETWEEN r.latitude - r.within / 68.5 AND r.latitude + r.within / 68.5
    AND p.lon BETWEEN r.longitude - r.within / (68.5 * cos(radians(r.latitude)))
                  AND r.longitude + r.within / (68.5 * cos(radians(r.latitude)))
), gates AS (
  SELECT *,
    ceil(miles * 1.3 / 27 * 60)::INTEGER AS travel,
    CASE WHEN list_contains(need_excludes, need) OR list_has_any(need_excludes, above) THEN 0
         WHEN len(need_only) > 0 AND NOT (list_contains(need_only, need) OR list_has_any(need_only, above))
           THEN CASE WHEN list_has_any(need_only, step0 || step1 || step2) THEN 1 ELSE 0 END
         WHEN list_has_any(specializes || treats || need_only, step0 || step1 || step2) THEN 2
         WHEN list_has_any(common, care_fields) THEN 2 ELSE 1 END AS g_need,
    CASE WHEN age_ranges IS NULL THEN 1
         WHEN len(list_filter(age_ranges, lambda x: x.sure AND age BETWEEN x.low AND x.high)) > 0 THEN 2
         WHEN len(list_filter(age_ranges, lambda x: age BETWEEN x.low AND x.high)) > 0 THEN 1
         WHEN ages_complete THEN 0 ELSE 1 END AS g_age,
    CASE WHEN list_has_any(group_excludes, groups) THEN 0
         WHEN len(group_only) > 0 THEN CASE WHEN list_has_any(group_only, groups) THEN 2 ELSE 0 END
         WHEN group_unknown THEN 1 ELSE 2 END AS g_group,
    CASE WHEN payer_list IS NULL THEN 1
         WHEN list_has_any(payer_list, payers)
           THEN CASE WHEN payers[1] = 'medicaid' AND state_of <> state THEN 1 ELSE 2 END
         WHEN list_has_any(payer_list, heads) THEN 1
         WHEN payers_complete AND (payers_over IS NULL OR list_has_any(payers_over, payers || heads)) THEN 0
         ELSE 1 END AS g_payer,
    CASE WHEN language IS NULL OR list_contains(languages, language) THEN 2
         WHEN interpreters = 2 THEN 2 WHEN interpreters = 0 THEN 0 ELSE 1 END AS g_language
  FROM near WHERE miles <= within
), timed AS (
  SELECT *,
    CASE WHEN free IS NULL THEN 2
         WHEN hours IS NULL OR level <> 'op' THEN 1
         WHEN fits > 0 THEN 2 WHEN all_days THEN 0 ELSE 1 END AS g_schedule
  FROM (SELECT *, list_sum(list_transform(hours, lambda h: list_sum(list_transform(free, lambda f:
      greatest(0, least(h.high, f.high - travel) - greatest(h.low, f.low + travel) - 50 + 1))))) AS fits FROM gates)
  WHERE g_need > 0 AND g_age > 0 AND g_group > 0 AND g_payer > 0 AND g_language > 0
), read AS (
  SELECT *,
    0.6 + 0.4 * pow(0.5, days_old / 365.0) AS trust,
    pow(0.5, days_old / 365.0) AS trust_hours,
    CASE WHEN len(first_line) = 0 THEN 0
         WHEN list_has_any(offered, first_line) THEN 0.6 + 0.4 * pow(0.5, days_old / 365.0)
         ELSE 0.25 END AS bonus,
    miles * sqrt(CASE level WHEN 'op' THEN 1 WHEN 'iop' THEN 3 ELSE 5 END) AS effort
  FROM timed WHERE g_schedule > 0
), points AS (
  SELECT *,
    greatest(
      CASE WHEN list_has_any(specializes, step0) THEN trust * (0.85 + 0.15 * bonus) + (1 - trust) * 0.3 ELSE 0 END,
      CASE WHEN list_has_any(specializes, step1) THEN trust * 0.8 * (0.85 + 0.15 * bonus) + (1 - trust) * 0.3 ELSE 0 END,
      CASE WHEN list_has_any(specializes, step2) THEN trust * 0.64 * (0.85 + 0.15 * bonus) + (1 - trust) * 0.3 ELSE 0 END,
      CASE WHEN list_has_any(treats || need_only, step0) THEN trust * (0.55 + 0.25 * bonus) + (1 - trust) * 0.3 ELSE 0 END,
      CASE WHEN list_has_any(treats || need_only, step1) THEN trust * 0.8 * (0.55 + 0.25 * bonus) + (1 - trust) * 0.3 ELSE 0 END,
      CASE WHEN list_has_any(treats || need_only, step2) THEN trust * 0.64 * (0.55 + 0.25 * bonus) + (1 - trust) * 0.3 ELSE 0 END,
      CASE WHEN list_has_any(common, care_fields) THEN 0.4 ELSE 0 END, 0.3) AS u_fit,
    CASE WHEN g_schedule < 2 OR fits IS NULL THEN 0.4 ELSE trust_hours * (CASE
      WHEN fits <= 60 THEN 0.70 + 0.10 * (fits - 1) / 59 WHEN fits <= 240 THEN 0.80 + 0.12 * (fits - 60) / 180
      WHEN fits <= 600 THEN 0.92 + 0.08 * (fits - 240) / 360 ELSE 1 END) + (1 - trust_hours) * 0.4 END AS u_schedule,
    CASE WHEN wait IS NULL THEN 0.4 WHEN wait <= 7 THEN 1 - 0.25 * wait / 7 WHEN wait <= 14 THEN 0.75 - 0.15 * (wait - 7) / 7
      WHEN wait <= 30 THEN 0.6 - 0.4 * (wait - 14) / 16 WHEN wait <= 90 THEN 0.2 - 0.2 * (wait - 30) / 60 ELSE 0 END AS u_wait,
    CASE WHEN effort <= 1 THEN 1 WHEN effort <= 4 THEN 1 - 0.15 * (effort - 1) / 3 WHEN effort <= 10 THEN 0.85 - 0.25 * (effort - 4) / 6
      WHEN effort <= 25 THEN 0.6 - 0.35 * (effort - 10) / 15 WHEN effort <= 50 THEN 0.25 - 0.25 * (effort - 25) / 25 ELSE 0 END AS u_travel,
    CASE WHEN list_has_any(payer_list, payers) THEN trust * 0.75 + (1 - trust) * 0.35 ELSE 0.35 END AS u_cost,
    ((CASE WHEN language IS NULL THEN 0 WHEN list_contains(languages, language) THEN trust + (1 - trust) * 0.35 ELSE 0.35 END)
     + coalesce(list_sum(list_transform(groups, lambda g: CASE WHEN list_contains(has_groups, g) THEN trust + (1 - trust) * 0.35
         WHEN list_contains(welcomes, g) THEN 0.8 * trust + (1 - trust) * 0.35 ELSE 0.35 END)), 0)
     + coalesce(list_sum(list_transform(approaches, lambda a: CASE WHEN list_contains(offered, a) THEN trust + (1 - trust) * 0.25 ELSE 0.25 END)), 0))
     / greatest(1, (language IS NOT NULL)::INTEGER + len(groups) + len(approaches)) AS u_wishes
  FROM read
), scored AS (
  SELECT *,
    (floor(of_fit * u_fit + 0.5) + floor(of_schedule * u_schedule + 0.5) + floor(of_wait * u_wait + 0.5)
      + floor(of_travel * u_travel + 0.5) + floor(of_cost * u_cost + 0.5) + floor(of_wishes * u_wishes + 0.5))::INTEGER AS score,
    CASE WHEN least(g_need, g_age, g_group, g_payer, g_language, g_schedule) = 2 THEN 'eligible' ELSE 'confirm' END AS tier
  FROM points
), ranked AS (
  SELECT *, row_number() OVER (PARTITION BY number, level, tier ORDER BY score DESC, miles, id) AS place,
    count(*) OVER (PARTITION BY number, tier) AS in_tier
  FROM scored
)
SELECT number, id, level, tier, place, score, in_tier, name, organization, street, city, state_of, zip, phone,
  round(miles, 1) AS miles, travel,
  CASE WHEN list_has_any(specializes, step0 || step1 || step2) THEN 'specializes in ' || need
       WHEN list_has_any(treats, step0 || step1 || step2) THEN 'treats ' || need
       WHEN list_has_any(common, care_fields) THEN 'a general program, which commonly treats ' || need
       ELSE 'does not say whether it treats ' || need END
    || CASE WHEN list_has_any(offered, first_line)
            THEN ' and offers ' || list_aggregate(list_intersect(offered, first_line), 'string_agg', ', ') ELSE '' END
    || printf(' (listed %d days ago)', days_old) AS why_fit,
  printf('%.1f mi, about %d min', miles, travel) AS why_travel,
  CASE WHEN wait IS NULL THEN 'does not say how long the wait is' ELSE printf('a wait of %d days', wait) END AS why_wait,
  CASE WHEN g_payer = 2 THEN printf('lists %s, %d days ago', payers[1], days_old)
       ELSE 'not known whether ' || payers[1] || ' is taken' END AS why_cost,
  CASE WHEN g_schedule = 2 THEN 'can be booked within its hours and your free time' ELSE 'does not say when sessions are' END AS why_schedule,
  CASE g_age WHEN 2 THEN 'serves the age' ELSE 'does not say which ages it serves' END AS why_age,
  u_fit, u_schedule, u_wait, u_travel, u_cost, u_wishes
FROM ranked WHERE place <= 3 ORDER BY number, level, tier, place
"""
ASKED = {
    "number": "INTEGER", "need": "VARCHAR", "fields": "VARCHAR[]", "common": "VARCHAR[]", "step0": "VARCHAR[]",
    "step1": "VARCHAR[]", "step2": "VARCHAR[]", "above": "VARCHAR[]", "first_line": "VARCHAR[]", "levels": "VARCHAR[]",
    "age": "INTEGER", "latitude": "DOUBLE", "longitude": "DOUBLE", "state": "VARCHAR", "within": "DOUBLE",
    "payers": "VARCHAR[]", "heads": "VARCHAR[]", "language": "VARCHAR", "groups": "VARCHAR[]",
    "approaches": "VARCHAR[]", "free": "STRUCT(low INTEGER, high INTEGER)[]", "of_fit": "INTEGER",
    "of_schedule": "INTEGER", "of_wait": "INTEGER", "of_travel": "INTEGER", "of_cost": "INTEGER",
    "of_wishes": "INTEGER",
}  # fmt: skip
RENAMED = {
    "active": "is_active", "fields": "care_fields", "in_person": "mode_in_person", "latitude": "lat",
    "longitude": "lon", "state": "state_of", "ages": "age_ranges", "approaches": "offered", "groups": "groups_",
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
            self._db.execute(f"INSERT INTO {table} SELECT {names} FROM read_json(?, columns = {kinds})", [file.name])


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
        "free": None if request.when is None else [{"low": low, "high": high} for low, high in request.when.spans],
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
    office = program.appointments.hours if program.appointments else program.office_hours and program.office_hours.hours
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
        "all_days": bool(program.appointments or (program.office_hours and len(program.office_hours.days) == 7)),
        "phone": program.intake.phone,
        "street": site.street if site else "",
        "city": site.city if site else "",
        "zip": site.zip if site else "",
    }
