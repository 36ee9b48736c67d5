"""What `find` calls eligible and good-if-confirmed, against the directories' raw codes read independently."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import msgspec
import pytest
from oracle_samhsa import MH, SU, Ask, Key, NeedTree, Oracle, read_directory
from random_asks import random_ask

from opmatch import api
from opmatch.cli.entry import main
from opmatch.intake.words import RequestWords
from opmatch.model.program import Catalog, Program
from opmatch.model.ranking import ProgramSummary

TOP = Path(__file__).resolve().parents[2]
DATA = TOP.parent / "shared" / "data" / "samhsa"
NEEDS = TOP / "src" / "opmatch" / "vocabulary" / "needs.yaml"
DAY = dt.date(2026, 11, 23)
EVERYTHING = 10**6
"""A limit that leaves nothing out."""
LOOKED_AT, ALL = 30, 240
"""How many requests are looked at by themselves, and how many are made."""
PARTS = 16
"""Explaining thousands of matches takes long: without a place, one record in sixteen is asked about."""

pytestmark = [
    pytest.mark.skipif(
        not DATA.exists() and not os.environ.get("OPMATCH_REQUIRE_DATA"),
        reason="the published directories are not beside the checkout",
    ),
    pytest.mark.long,
    pytest.mark.xdist_group("samhsa-oracle"),  # one process: both catalogs are imported and loaded once
]


@pytest.fixture(scope="session")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Both directories, imported as a user would and loaded from what was written."""
    folder = tmp_path_factory.mktemp("samhsa")
    written = []
    for workbook in sorted(DATA.glob("*.xlsx")):
        written.append(folder / f"{workbook.stem}.yaml")
        assert main(["catalog", "import", "samhsa", str(workbook), "-o", str(written[-1])]) == 0
    return api.load_catalog(written)


@pytest.fixture(scope="session")
def oracle() -> Oracle:
    records = [record for source in (MH, SU) for record in read_directory(DATA, source)]
    return Oracle(records, NeedTree.read(NEEDS))


def key_of(program: Program | ProgramSummary) -> Key:
    return (program.source.name, program.source.record, program.level)


def found(catalog: Catalog, ask: Ask) -> dict[str, set[Key]]:
    """The programs `find` shows, by tier."""
    request, notices = api.understand(RequestWords(**ask.as_words()), DAY)
    ranking = api.rank(catalog, request, notices, EVERYTHING)
    tiers: dict[str, set[Key]] = {"eligible": set(), "confirm": set()}
    for match in ranking.matches:
        tiers[match.tier].add(key_of(match.program))
    assert (ranking.eligible, ranking.confirm) == (len(tiers["eligible"]), len(tiers["confirm"]))
    return tiers


def compare(catalog: Catalog, oracle: Oracle, ask: Ask) -> None:
    """Fails with the request, the programs that differ and what the raw codes say of each."""
    eligible, confirm = oracle.eligible_and_confirm(ask)
    tiers = found(catalog, ask)

    def tier(key: Key, in_eligible: set[Key], in_confirm: set[Key]) -> str:
        return "eligible" if key in in_eligible else "confirm" if key in in_confirm else "out"

    differing = sorted((eligible ^ tiers["eligible"]) | (confirm ^ tiers["confirm"]))
    told = [
        f"find: {tier(key, tiers['eligible'], tiers['confirm'])}, codes: {tier(key, eligible, confirm)}; "
        + oracle.why(ask, key)
        for key in differing[:10]
    ]
    assert not differing, "\n".join([f"{len(differing)} programs differ for {ask}", *told])


def test_the_catalog_has_exactly_the_programs_the_codes_make(catalog: Catalog, oracle: Oracle) -> None:
    assert sorted(key_of(one) for one in catalog.programs) == sorted(record.key for record in oracle.records)


@pytest.mark.parametrize("number", range(ALL))
def test_find_agrees_with_the_raw_codes(catalog: Catalog, oracle: Oracle, number: int) -> None:
    ask = random_ask(number)
    if not ask.near:
        programs = tuple(one for one in catalog.programs if int(one.source.record) % PARTS == number % PARTS)
        catalog = msgspec.structs.replace(catalog, programs=programs)
        oracle = oracle.part({key_of(one) for one in programs})
    compare(catalog, oracle, ask)


def test_the_requests_reach_both_tiers_and_leave_programs_out(oracle: Oracle) -> None:
    """So that agreement isn't agreement on nothing."""
    asks = [random_ask(number) for number in range(LOOKED_AT)]
    answers = [oracle.eligible_and_confirm(ask) for ask in asks]
    assert sum(bool(eligible) for eligible, _ in answers) >= LOOKED_AT // 4
    assert sum(bool(confirm) for _, confirm in answers) >= LOOKED_AT // 2
    assert all(len(eligible) + len(confirm) < len(oracle.records) for eligible, confirm in answers)
