"""The directories as published: how many programs they make, and that a catalog of them reads back."""

from __future__ import annotations

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from opmatch.catalog.load import load
from opmatch.catalog.write import write
from opmatch.formats.imported import Imported
from opmatch.formats.samhsa import import_samhsa
from opmatch.formats.samhsa_codes import directories
from opmatch.places.lookup import Places
from opmatch.vocabulary.load import load as load_vocabulary

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "samhsa"
MENTAL_HEALTH = DATA / "National_Directory_MH_Facilities_2022.xlsx"
SUBSTANCE_USE = DATA / "National_Directory_SA_Facilities_2022.xlsx"

pytestmark = [
    pytest.mark.skipif(
        not DATA.exists() and not os.environ.get("OPMATCH_REQUIRE_DATA"),
        reason="the published directories are not beside the checkout",
    ),
    pytest.mark.xdist_group("samhsa"),
    pytest.mark.long,
]


@pytest.fixture(scope="module")
def both() -> Imported:
    return import_samhsa([MENTAL_HEALTH, SUBSTANCE_USE])


def test_the_totals_are_those_of_the_directories(both: Imported) -> None:
    summary = both.summary
    assert summary.read == 21_213
    assert [records for _, _, records in summary.files] == [9_037, 12_176]
    assert summary.imported == {"op": 17_136, "iop": 5_525, "php": 3_034}
    assert summary.programs == 25_695
    assert summary.skipped == {"no outpatient level of care": 3_566}
    assert summary.unknown_codes == {}
    assert len({program["id"] for program in both.programs}) == 25_695


def test_the_table_has_every_published_code_under_its_category() -> None:
    for directory, name in zip(directories(), ("mh", "sa"), strict=True):
        with (DATA / f"service_codes_{name}_2022.csv").open(encoding="utf-8-sig", newline="") as file:
            published = {
                row["service_code"].strip(): row["category_code"].strip() for row in csv.DictReader(file)
            }
        assert {code: entry.category for code, entry in directory.codes.items()} == published


@pytest.mark.long
def test_a_catalog_of_both_reads_back_in_any_order_of_files(both: Imported, tmp_path: Path) -> None:
    other = import_samhsa([SUBSTANCE_USE, MENTAL_HEALTH])
    for name, result in (("a.yaml", both), ("b.yaml", other)):
        write(tmp_path / name, result.header, result.programs)
    assert (tmp_path / "a.yaml").read_bytes() == (tmp_path / "b.yaml").read_bytes()
    catalog = load([tmp_path / "a.yaml"], load_vocabulary(), Places())
    assert [program.id for program in catalog.programs] == [program["id"] for program in both.programs]
    assert Counter(
        program.site is not None and program.site.point is not None for program in catalog.programs
    ) == {True: 25_695}
    expressible = Counter(
        (program.source.name, program.level, "medicare" in (program.origin.payers_over or ()))
        for program in catalog.programs
    )
    assert (
        sum(count for (_, level, sure), count in expressible.items() if level == "iop" and not sure) == 2_235
    )
    assert not any(not sure for (_, level, sure) in expressible if level != "iop")
