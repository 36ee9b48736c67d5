"""Caseloads told in words, with what should come of them: tests/placing/cases/*.yaml."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from msgspec import Struct
from small_county import AS_OF

from opmatch import api
from opmatch.cli.assign_people import read_people
from opmatch.formats.open_file import open_file
from opmatch.model.placement import Choice, Placement
from opmatch.model.program import Catalog

TIMES = {"evening": ("17:30", "20:30"), "morning": ("09:00", "12:00")}
LARGE = 10**9


class Expected(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who isn't named under `placed`, `stopped` or `invalid` waits. Other parts left out aren't compared."""

    placed: dict[str, str] = {}
    waiting: dict[str, str] = {}
    stopped: list[str] = []
    invalid: list[str] = []
    choice: dict[str, str] = {}
    better: dict[str, list[str]] = {}
    confirm: dict[str, list[str]] = {}
    call: dict[str, list[str]] = {}
    nearest: dict[str, str] = {}
    first_come: dict[str, int] = {}
    one_more_seat: dict[str, str | None] | None = None  # the most helpful first


class Case(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    story: str
    programs: dict[str, dict[str, Any]]
    people: dict[str, dict[str, Any]]
    expect: Expected
    allow_confirm: bool = False


def cases() -> list[Case]:
    folder = Path(__file__).parent / "cases"
    written = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.yaml"))]
    return [case for one in written for case in msgspec.convert(one, list[Case])]


def catalog_in(case: Case, folder: Path) -> Catalog:
    programs = []
    for id_, said in case.programs.items():
        facts = dict(said)
        days_old = facts.pop("days_old", 0)
        seats = {time: facts.pop(time) for time in TIMES if time in facts}
        program = {
            "id": id_,
            "name": id_.capitalize(),
            "field": ["mental-health"],
            "level": "iop",
            "delivery": "in-person",
            "site": {"city": "Chicago", "state": "IL", "zip": "60610"},
            "needs": {"specializes": ["ptsd"]},
            "payers": ["medicaid"],
            "verified": {"date": str(AS_OF.fromordinal(AS_OF.toordinal() - days_old))},
            "tracks": [
                {"id": time, "days": ["mon", "wed", "thu"], "start": TIMES[time][0], "end": TIMES[time][1]}
                | ({} if count is None else {"seats_open": count})
                for time, count in seats.items()
            ],
        } | facts
        programs.append({key: value for key, value in program.items() if value is not None})
    file = folder / "county.json"
    head = {"opmatch": 1, "catalog": {"name": "County", "as_of": str(AS_OF)}}
    file.write_text(json.dumps({**head, "programs": programs}), encoding="utf-8")
    return api.load_catalog([file])


def placed_in(case: Case, folder: Path) -> Placement:
    file = folder / "people.jsonl"
    usual = {"needs": ["ptsd"], "levels": ["iop"], "safety": ["none"]}
    rows = [json.dumps({"ref": ref} | usual | said) for ref, said in case.people.items()]
    file.write_text("\n".join(rows), encoding="utf-8")
    people = read_people(open_file(file, LARGE), AS_OF, with_request=False)
    return api.assign(catalog_in(case, folder), people, AS_OF, allow_confirm=case.allow_confirm)


def named(choice: Choice) -> str:
    return f"{choice.program.id} {choice.option.track}"


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.story[:60])
def test_a_caseload_is_placed_as_told(case: Case, tmp_path: Path) -> None:
    placement, expect = placed_in(case, tmp_path), case.expect
    by_ref = {one.ref or "": one for one in placement.assignments}
    of = {
        result: [ref for ref, one in by_ref.items() if one.result == result]
        for result in ("placed", "waiting", "stopped", "invalid")
    }
    placed = {ref: one.placed for ref, one in by_ref.items() if one.placed is not None}
    waiting = {ref: one.waiting for ref, one in by_ref.items() if one.waiting is not None}
    assert {ref: f"{one.program.id} {one.option.track}" for ref, one in placed.items()} == expect.placed
    assert {ref: one.reason for ref, one in waiting.items()} == expect.waiting
    assert (of["stopped"], of["invalid"]) == (expect.stopped, expect.invalid)
    for ref, choice in expect.choice.items():
        assert f"{placed[ref].choice} of {placed[ref].choices}" == choice
    for ref, better in expect.better.items():
        assert [named(one) for one in placed[ref].better] == better
    for ref, gates in expect.confirm.items():
        assert list(placed[ref].confirm) == gates
    for ref, programs in expect.call.items():
        assert [one.program.id for one in waiting[ref].call] == programs
    for ref, program in expect.nearest.items():
        near = waiting[ref].nearest
        assert near is not None
        assert near.program.id == program
    for name, count in expect.first_come.items():
        assert getattr(placement.first_come, name) == count
    if expect.one_more_seat is not None:
        told = {f"{one.program.id} {one.track}": one.places for one in placement.one_more_seat}
        assert list(told.items()) == list(expect.one_more_seat.items())
