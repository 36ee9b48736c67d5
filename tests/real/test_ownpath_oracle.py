"""Colorado's file, imported and searched: the tiers are those that its columns give when read by hand."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from oracle_ownpath import LOCKED, Row, evenings, is_for, levels, read, tier

from opmatch.cli.entry import main
from opmatch.formats.imported import Imported
from opmatch.formats.ownpath import import_ownpath
from real_data import beside

FILE = beside("ownpath/ladders_2023-05-17.csv")
pytestmark = [FILE.skip, pytest.mark.xdist_group("ownpath")]


@pytest.fixture(scope="module")
def rows() -> dict[str, Row]:
    return {row["AccountID"]: row for row in read(FILE.path)}


@pytest.fixture(scope="module")
def imported() -> Imported:
    return import_ownpath([FILE.path])


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("ownpath")
    catalog, answer = str(folder / "co.yaml"), folder / "answer.json"
    assert main(["catalog", "import", str(FILE.path), "-o", catalog]) == 0
    ask = ["find", "-c", catalog, "--when", "weekdays after 6pm", "--as-of", "2023-05-20", "-k", "5000"]
    assert main([*ask, "-f", "json", "-o", str(answer)]) == 0
    read_back: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    return read_back


def test_the_counts_are_those_of_the_columns(rows: dict[str, Row], imported: Imported) -> None:
    by_hand = Counter(level for row in rows.values() for level in levels(row))
    assert imported.summary.imported == by_hand == {"op": 620, "iop": 302, "php": 168}
    without = sum(not levels(row) for row in rows.values())
    assert imported.summary.skipped == {"no outpatient level of care": without}
    assert (imported.summary.read, without) == (729, 94)


def test_every_tier_on_weekday_evenings_is_that_of_the_columns(
    rows: dict[str, Row], imported: Imported, found: dict[str, Any]
) -> None:
    key_of = {p["id"]: (p["source"]["record"], p["level"]) for p in imported.programs}
    shown = {key_of[match["program"]["id"]]: match["tier"] for match in found["matches"]}
    by_hand = {(id_, level): tier(row, level) for id_, row in rows.items() for level in levels(row)}
    assert {key: shown.get(key, "out") for key in by_hand} == by_hand
    assert Counter(by_hand.values()) == Counter(
        {"eligible": found["eligible"], "confirm": found["confirm"], "out": 1090 - len(shown)}
    )
    assert all(level == "op" for (_, level), one in shown.items() if one == "eligible")


def test_no_prison_is_for_someone_at_liberty(rows: dict[str, Row], found: dict[str, Any]) -> None:
    prisons = {id_ for id_, row in rows.items() if is_for(row, LOCKED) and levels(row)}
    assert len(prisons) == 25
    shown = {match["program"]["source"]["record"] for match in found["matches"]}
    assert shown.isdisjoint(prisons)


def test_a_week_without_hours_is_never_a_no(rows: dict[str, Row], found: dict[str, Any]) -> None:
    key_of = {(m["program"]["source"]["record"], m["program"]["level"]): m["tier"] for m in found["matches"]}
    blank = [
        (id_, level)
        for id_, row in rows.items()
        for level in levels(row)
        if not any(row[column] for column in row if column.startswith("HoursofOperation"))
        and tier(row, level) != "out"
    ]
    assert len(blank) == 39
    assert {key_of[key] for key in blank} == {"confirm"}
    assert all(evenings(rows[id_], level) == "confirm" for id_, level in blank)


def test_hidden_places_give_nothing_away(rows: dict[str, Row], imported: Imported) -> None:
    hidden = [p for p in imported.programs if rows[p["source"]["record"]]["HideAddress"] == "1"]
    assert len(hidden) == 17
    assert all(p["site"] == {"state": "CO", "confidential": True} for p in hidden)
    assert not any("organization" in p for p in hidden)
    for program in hidden:
        row = rows[program["source"]["record"]]
        if row["AccountName"] not in row["DisplayName"]:
            assert row["AccountName"] not in json.dumps(program, default=str)
