"""Answers of the locator: both spellings, pages, the codes its texts are, and what none of them is."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from importing import Program, a_json, imported, read_back, saved

from opmatch.errors import InputError
from opmatch.formats.findtreatment import import_findtreatment
from real_data import beside

FILE = beside("findtreatment/locator_rows_2019.json")


def a_row(services: dict[str, str] | None = None, **fields: Any) -> dict[str, Any]:
    """A mental-health clinic in Charlottesville."""
    listed = {"TC": "Mental health treatment", "SET": "Outpatient"} if services is None else services
    return {
        "frid": "f1",
        "name1": "Blue Ridge Clinic",
        "name2": "",
        "street1": "1014 East Market Street",
        "city": "Charlottesville",
        "state": "VA",
        "zip": "22902",
        "phone": "434-555-0100",
        "typeFacility": "MH",
        "services": [{"f1": f"Heading {key}", "f2": key, "f3": text} for key, text in listed.items()],
    } | fields


def programs(folder: Path, *rows: Any, **options: Any) -> list[Program]:
    return imported(a_json(folder / "answer_2025-03-01.json", {"rows": list(rows)}), **options)[0]


def test_a_row_becomes_a_whole_program(tmp_path: Path) -> None:
    services = {
        "TC": "Mental health treatment",
        "SET": "Outpatient; Telemedicine/telehealth therapy",
        "TAP": "Dialectical behavior therapy; Individual psychotherapy",
        "PAY": "Medicaid; Cash or self-payment",
        "SG": "Veterans",
        "AGE": "Adults; Young adults",
        "SL": "Spanish",
    }
    row = a_row(
        services,
        latitude="38.02",
        longitude="-78.47",
        website="http://www.example.org",
        hotline1="800-555-0199",
    )
    assert programs(tmp_path, row) == [
        {
            "id": "blue-ridge-clinic-22902-ft-mh-op",
            "name": "Blue Ridge Clinic",
            "organization": "Blue Ridge Clinic",
            "field": ["mental-health"],
            "level": "op",
            "delivery": {"in_person": True, "virtual": "unknown"},
            "site": {
                "street": "1014 East Market Street",
                "city": "Charlottesville",
                "state": "VA",
                "zip": "22902",
                "latitude": 38.02,
                "longitude": -78.47,
            },
            "ages": [{"min": 18, "max": 64}],
            "approaches": ["dbt"],
            "services": ["individual-therapy"],
            "populations": {"specializes": ["veterans"]},
            "payers": ["medicaid", "self_pay"],
            "languages": ["es"],
            "intake": {"phone": "434-555-0100", "url": "http://www.example.org"},
            "notes": [
                "Lists telehealth: ask whether every session, intake included, can be remote.",
                (
                    "The directory can't list mental-health IOP: ask whether they run an intensive outpatient"
                    " program."
                ),
                "Hotline: 800-555-0199.",
            ],
            "source": {"name": "findtreatment", "record": "f1"},
        }
    ]


@pytest.mark.parametrize("apart", ["; ", ";", " ; ", "\n", " | "])
@pytest.mark.parametrize("spelling", ["typeFacility", "type_facility"])
def test_both_spellings_and_any_separator(tmp_path: Path, spelling: str, apart: str) -> None:
    settings = ("Outpatient", "Intensive outpatient treatment", "Regular outpatient treatment")
    row = a_row({"TC": "Substance use treatment", "SET": apart.join(settings)})
    del row["typeFacility"]
    row[spelling] = "SA"
    assert [p["id"] for p in programs(tmp_path, row)] == [
        "blue-ridge-clinic-22902-ft-su-iop",
        "blue-ridge-clinic-22902-ft-su-op",
    ]


def test_the_same_text_is_read_by_its_category(tmp_path: Path) -> None:
    setting = a_row({"SET": "Partial hospitalization/day treatment"})
    kind = a_row({"SET": "Outpatient", "FT": "Partial hospitalization/day treatment"}, frid="f2")
    assert sorted(p["level"] for p in programs(tmp_path, setting, kind)) == ["op", "php"]


@pytest.mark.parametrize(
    "document",
    [
        [a_row()],
        {"page": 1, "rows": [a_row()]},
        [{"page": 1, "rows": [a_row()]}, {"page": 2, "rows": [a_row(frid="f2", name1="Other")]}],
    ],
)
def test_one_page_or_many_or_bare_rows(tmp_path: Path, document: Any) -> None:
    found, summary, _ = imported(a_json(tmp_path / "a.json", document))
    assert len(found) == summary.read == len(document if isinstance(document, list) else document["rows"])


def test_pages_one_a_line_and_in_several_files(tmp_path: Path) -> None:
    lines = tmp_path / "pages.jsonl"
    lines.write_text("\n".join(json.dumps({"rows": [a_row(frid=f"f{n}", name1=f"N{n}")]}) for n in range(3)))
    other = a_json(tmp_path / "more.json", {"rows": [a_row(frid="f9", name1="N9")]})
    assert len(imported(lines, other)[0]) == 4
    assert imported(lines, other)[0] == imported(other, lines)[0]


def test_a_row_on_two_pages_counts_once(tmp_path: Path) -> None:
    first, again = a_row(_irow=1, miles=0.2), a_row(_irow=25, miles=0.3)
    _, summary, _ = imported(a_json(tmp_path / "a.json", {"rows": [first, again, a_row(phone="1")]}))
    assert (summary.read, summary.skipped) == (3, {"the same record again": 1})


def test_missing_pages_are_remarked(tmp_path: Path) -> None:
    path = a_json(tmp_path / "a.json", {"rows": [a_row()], "recordCount": 22949})
    assert imported(path)[1].remarks == (f"{path} holds 1 of the 22,949 records the locator found",)


def test_medicare_on_an_old_intensive_program_is_neither_yes_nor_no(tmp_path: Path) -> None:
    row = a_row(
        {"SET": "Outpatient; Intensive outpatient treatment", "PAY": "Medicare; Medicaid"}, typeFacility="SA"
    )
    old = programs(tmp_path, row, as_of=dt.date(2023, 12, 31))
    new = programs(tmp_path, row, as_of=dt.date(2024, 1, 1))
    assert (old[0]["level"], old[0]["payers"], new[0]["payers"]) == (
        "iop",
        ["medicaid"],
        ["medicare", "medicaid"],
    )


def test_unknown_texts_are_noted_and_open_what_they_may_belong_to(tmp_path: Path) -> None:
    services = {
        "SET": "Outpatient; Virtual <b>reality</b> center",
        "PAY": "Medicaid; Barter",
        "AGE": "Adults; Teens",
        "EXCL": "Serves only pirates",
        "GN": "Female; Other",
    }
    (program,), summary, left_out = imported(
        a_json(tmp_path / "a.json", [a_row(services, typeFacility="SA")])
    )
    assert [(one.field, one.value) for one in left_out] == [
        ("services SET", "Virtual <b>reality</b> center"),
        ("services PAY", "Barter"),
        ("services AGE", "Teens"),
        ("services EXCL", "Serves only pirates"),
        ("services GN", "Other"),
    ]
    assert {
        key: program.get(key) for key in ("payers_complete", "ages_complete", "genders", "populations")
    } == {
        "payers_complete": False,
        "ages_complete": False,
        "genders": None,
        "populations": {"only": "unknown"},
    }
    assert sum(summary.unclear.values()) == sum(
        "not a service that is known" in note for note in program["notes"]
    )


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (a_row({"SET": "Residential"}), "no outpatient level of care"),
        (a_row({}), "no services that are known"),
        (a_row(name1=None), "no name"),
        (a_row(typeFacility="BUPREN"), "neither a mental-health nor a substance-use facility"),
        (17, "not a row of the locator"),
        (None, "not a row of the locator"),
    ],
)
def test_rows_are_skipped_for_a_reason(tmp_path: Path, row: Any, why: str) -> None:
    _, summary, left_out = imported(a_json(tmp_path / "a.json", {"rows": [row, a_row(frid="kept")]}))
    assert summary.skipped == {why: 1}
    assert [one.why for one in left_out] == [why]


def test_codes_instead_of_texts_and_a_type_only_the_treatment_tells(tmp_path: Path) -> None:
    row = a_row(typeFacility="") | {"services": ["Mental health treatment", "OP", "CBT"]}
    (program,) = programs(tmp_path, row)
    assert (program["field"], program["level"], program["approaches"]) == (["mental-health"], "op", ["cbt"])


def test_a_document_without_rows_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no rows of the locator"):
        import_findtreatment([a_json(tmp_path / "a.json", {"rows": []})])


@FILE.skip
def test_the_published_rows_have_the_levels_their_texts_name(tmp_path: Path) -> None:
    rows = json.loads(FILE.path.read_text(encoding="utf-8"))["rows"]
    by_hand: Counter[str] = Counter()
    without = 0
    for row in rows:
        settings = {
            text.strip() for one in row["services"] if one["f2"] == "SET" for text in one["f3"].split(";")
        }
        finer = settings & {
            "Regular outpatient treatment", "Intensive outpatient treatment",
            "Outpatient methadone/buprenorphine or naltrexone treatment", "Outpatient detoxification",
            "Outpatient day treatment or partial hospitalization",
        }  # fmt: skip
        levels = set()
        if "Intensive outpatient treatment" in settings:
            levels.add("iop")
        if settings & {
            "Outpatient day treatment or partial hospitalization",
            "Partial hospitalization/day treatment",
        }:
            levels.add("php")
        routine = finer - {
            "Intensive outpatient treatment",
            "Outpatient day treatment or partial hospitalization",
        }
        if routine or ("Outpatient" in settings and (row["typeFacility"] == "MH" or not finer)):
            levels.add("op")
        by_hand.update(levels)
        without += not levels
    made = import_findtreatment([FILE.path])
    assert made.summary.imported == by_hand == {"op": 24, "iop": 5, "php": 5}
    assert made.summary.skipped == {"no outpatient level of care": without}
    assert (made.summary.read, without, made.summary.unclear) == (30, 5, {})
    assert saved(made, tmp_path / "a.yaml") == saved(import_findtreatment([FILE.path]), tmp_path / "b.yaml")
    assert len(read_back(tmp_path / "a.yaml").programs) == 34
