"""One program listed twice, and listings that are left over, are found without holding all against all."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from factories import a_program
from opmatch.catalog.doubts import limits
from opmatch.catalog.doubts_contact import phone_digits
from opmatch.catalog.twins import street_key, twins
from opmatch.model.program import Intake, Program, Site, Source, Verified

STREET = "1200 North Clark Street"


def listing(id_: str, name: str = "Harbor Counseling", **changes: Any) -> Program:
    phone = changes.pop("phone", "312-867-4420")
    street = changes.pop("street", STREET)
    site = Site(street=street, city="Chicago", state="IL", zip="60610")
    return a_program(id=id_, name=name, organization=name, site=site, intake=Intake(phone=phone), **changes)


def found(*programs: Program) -> list[tuple[str, str, str]]:
    return [(one.rule, one.program.id, one.other.id) for one in twins(programs, limits()["twins"])]


OLD = Verified(date=dt.date(2024, 1, 1))


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (listing("b"), [("duplicate", "b", "a")]),
        (listing("b", "Harbor Counselling, Inc."), [("duplicate", "b", "a")]),
        (listing("b", phone="312-867-9999", street="1200 N. Clark St."), [("duplicate", "b", "a")]),
        (listing("b", street=""), [("duplicate", "b", "a")]),
        (listing("b", source=Source(name="state")), [("listed-by-two-sources", "b", "a")]),
        (listing("b", level="iop"), []),
        (listing("b", fields=("substance-use",)), []),
        (listing("b", status="closed"), []),
        (listing("b", "Harbor Counseling 2"), []),
        (listing("b", "Harbor Counseling Adolescent"), []),
        (listing("b", "Lakeside Recovery", phone="312-867-9999"), []),
        (listing("b", "Lakeside Recovery"), [("ghost", "b", "a")]),
        (listing("b", street="40 W Ohio St"), [("ghost", "b", "a")]),
        (listing("b", street="40 W Ohio St", phone="312-867-9999"), []),
    ],
)
def test_two_listings_are_held_against_each_other(
    other: Program, expected: list[tuple[str, str, str]]
) -> None:
    assert found(listing("a"), other) == found(other, listing("a")) == expected


def test_the_listing_confirmed_longer_ago_is_the_ghost() -> None:
    assert found(listing("a", verified=OLD), listing("b", street="40 W Ohio St")) == [("ghost", "a", "b")]


def test_thousands_of_listings_at_one_address_are_not_all_compared_with_all() -> None:
    crowd = [
        listing(f"p{n}", f"Practice of Doctor {chr(97 + n % 26) * (n % 7 + 2)} {n}") for n in range(3000)
    ]
    assert found(*crowd, listing("twin"), listing("other-twin")) == [("duplicate", "twin", "other-twin")]


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("(312) 867-4420", "3128674420"),
        ("+1 312.867.4420 x7", "3128674420"),
        ("800-662-HELP", "8006624357"),
        ("012-867-4420", ""),
        ("none", ""),
        ("", ""),
        ("٣١٢٨٦٧٤٤٢٠", ""),
    ],
)
def test_numbers_are_read_as_ten_digits_or_not_at_all(text: str, digits: str) -> None:
    assert phone_digits(text) == digits


def test_streets_have_one_spelling() -> None:
    assert street_key("1200 North Clark Street, Suite 4") == street_key("1200 N. Clark St Ste 4")
