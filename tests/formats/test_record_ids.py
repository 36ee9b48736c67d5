"""Ids from what a record says."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opmatch.formats.record_ids import slug, stems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Henry County Clinic", "henry-county-clinic"),
        ("Children’s Aid & Family, Inc.", "childrens-aid-and-family-inc"),
        ("Zoë Peña", "zoe-pena"),
        ("  --  ", ""),
        ("心理", ""),
        (
            "a long name of a clinic that goes on and on and on, inc",
            "a-long-name-of-a-clinic-that-goes-on-and-on-and",
        ),
        ("x" * 60, "x" * 48),
    ],
)
def test_slugs(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_namesakes_are_told_apart_by_the_first_text_that_differs() -> None:
    records = [
        ("Spero", "40601", "1 Elm", "100"),
        ("Spero", "40601", "2 Elm", "100"),
        ("Spero", "40601", "2 Elm", "200"),
        ("Spero", "40602", "1 Elm", "100"),
    ]
    found = stems(records)
    assert found[3] == "spero-40602"
    assert all(re.fullmatch(r"spero-40601-[0-9a-f]{4}", stem) for stem in found[:3])
    assert len(set(found)) == 4
    assert stems(records[::-1]) == found[::-1]


def test_a_record_keeps_its_id_when_another_namesake_comes() -> None:
    records = [("Spero", "40601", f"{number} Elm") for number in range(3)]
    assert stems(records)[:2] == stems(records[:2])


def test_spelling_nobody_sees_makes_no_other_id() -> None:
    one = [("Spero", "40601", "1 Elm"), ("Spero", "40601", "2 Elm")]
    other = [("SPERO", "40601", "1  ELM"), ("Spero", "40601", "2 Elm ")]
    assert stems(one) == stems(other)


def test_equal_records_are_numbered() -> None:
    first, second = stems([("Spero", "40601", "1 Elm")] * 2)
    assert first.removesuffix("-1") == second.removesuffix("-2")


TEXTS = st.sampled_from(["", "A", "B c", "心"])
RECORDS = st.lists(st.tuples(TEXTS, st.sampled_from(["", "40601"]), TEXTS, TEXTS), max_size=12)
DIFFERENT = RECORDS.map(lambda records: list(dict.fromkeys(records)))


@given(RECORDS)
def test_ids_are_different_and_typable(records: list[tuple[str, ...]]) -> None:
    found = stems(records)
    assert len(set(found)) == len(records)
    assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", stem) for stem in found)


@given(DIFFERENT.flatmap(lambda records: st.tuples(st.just(records), st.permutations(records))))
def test_different_records_have_the_same_ids_in_any_order(
    orders: tuple[list[tuple[str, ...]], list[tuple[str, ...]]],
) -> None:
    one, other = orders
    assert dict(zip(one, stems(one), strict=True)) == dict(zip(other, stems(other), strict=True))
