"""What has changed between two catalogs, found from either side."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import a_program
from opmatch.keeping.diff import Changed, Diff, diff
from opmatch.keeping.likeness import same_programs
from opmatch.model.program import (
    Availability,
    Intake,
    Needs,
    Origin,
    Payer,
    Program,
    Site,
    Source,
    Verified,
)

SITE = Site(street="1 Main Street", city="Chicago", state="IL", zip="60610")


def listing(id_: str = "a", **changes: Any) -> Program:
    known: dict[str, Any] = {"site": SITE, "intake": Intake(phone="312-867-4420")}
    return a_program(id=id_, **known | changes)


NAMES = st.sampled_from(["Harbor", "Harbour", "Lakeside Recovery", "Harbor Clinic", "X"])
PROGRAMS = st.lists(
    st.builds(
        lambda id_, name, street, level, phone, status, payers: listing(
            id_,
            name=name,
            organization=name,
            level=level,
            status=status,
            site=msgspec.structs.replace(SITE, street=street),
            intake=Intake(phone=phone),
            payers=tuple(Payer(id=one) for one in payers),
        ),
        st.sampled_from("abcdef"),
        NAMES,
        st.sampled_from(["1 Main Street", "1 Main St", "9 Oak Ave", ""]),
        st.sampled_from(["op", "iop"]),
        st.sampled_from(["312-867-4420", "312-867-9999", ""]),
        st.sampled_from(["active", "closed"]),
        st.permutations(["medicaid", "va"]),
    ),
    max_size=6,
    unique_by=lambda program: program.id,
)


@given(PROGRAMS)
def test_equal_catalogs_have_no_difference(programs: list[Program]) -> None:
    assert diff(programs, programs) == Diff(added=(), gone=(), changed=(), unchanged=len(programs))


def mirrored(change: Changed) -> Changed:
    return Changed(
        old=change.new,
        new=change.old,
        renamed=change.renamed,
        moved=change.moved,
        closed=change.reopened,
        reopened=change.closed,
        fields=tuple(msgspec.structs.replace(one, old=one.new, new=one.old) for one in change.fields),
    )


@given(PROGRAMS, PROGRAMS)
def test_a_difference_read_backwards_is_the_difference_backwards(
    old: list[Program], new: list[Program]
) -> None:
    forth, back = diff(old, new), diff(new, old)
    assert (forth.added, forth.gone, forth.unchanged) == (back.gone, back.added, back.unchanged)
    by_id = sorted(map(mirrored, forth.changed), key=lambda change: change.old.id)
    assert tuple(by_id) == back.changed


@given(PROGRAMS, PROGRAMS)
def test_every_program_is_told_once(old: list[Program], new: list[Program]) -> None:
    found = diff(old, new)
    assert len(found.gone) + len(found.changed) + found.unchanged == len(old)
    assert len(found.added) + len(found.changed) + found.unchanged == len(new)


@pytest.mark.parametrize(
    "changes",
    [
        {"verified": Verified(date=dt.date(2026, 11, 1))},
        {"source": Source(name="samhsa", record="9")},
        {"origin": Origin(name="Next year's", as_of=dt.date(2027, 1, 1))},
        {"availability": Availability(as_of=dt.date(2026, 11, 1))},
    ],
)
def test_a_directory_printed_anew_is_no_change(changes: dict[str, Any]) -> None:
    assert diff([listing()], [listing(**changes)]).unchanged == 1


def test_lists_have_no_order() -> None:
    one = listing(needs=Needs(treats=("ptsd", "trauma")), services=("peer-support", "group-therapy"))
    other = listing(needs=Needs(treats=("trauma", "ptsd")), services=("group-therapy", "peer-support"))
    assert diff([one], [other]).unchanged == 1


@pytest.mark.parametrize(
    ("changes", "kinds", "fields"),
    [
        ({"status": "closed"}, ("closed",), ["status"]),
        ({"site": msgspec.structs.replace(SITE, street="9 Oak Ave")}, ("moved",), ["site"]),
        ({"site": msgspec.structs.replace(SITE, street="1 Main St")}, (), ["site"]),
        ({"payers": (Payer(id="va"),)}, (), ["payers"]),
        ({"intake": Intake()}, (), ["intake"]),
    ],
)
def test_a_change_is_told_by_kind_and_field(
    changes: dict[str, Any], kinds: tuple[str, ...], fields: list[str]
) -> None:
    (change,) = diff([listing()], [listing(**changes)]).changed
    assert [one.field for one in change.fields] == fields
    assert (
        tuple(kind for kind in ("closed", "reopened", "moved", "renamed") if getattr(change, kind)) == kinds
    )


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (listing("b"), True),
        (listing("b", name="Outpatient Counselling"), True),
        (listing("b", site=None), True),
        (listing("b", level="iop"), False),
        (listing("b", fields=("substance-use",)), False),
        (listing("b", name="Harbor House", organization="Harbor"), False),
        (
            listing(
                "b", site=msgspec.structs.replace(SITE, zip="53202", street="9 Oak Ave"), intake=Intake()
            ),
            False,
        ),
    ],
)
def test_where_the_id_has_changed_name_and_place_tell(other: Program, same: bool) -> None:
    assert bool(same_programs([listing("a")], [other])) is same


def test_the_likest_is_taken_and_each_once() -> None:
    old = [listing("a", name="Harbor Clinic North"), listing("b", name="Harbor Clinic")]
    new = [listing("y", name="Harbor Clinic"), listing("z", name="Harbor Clinic Norths")]
    assert [(one.id, other.id) for one, other in same_programs(old, new)] == [("b", "y"), ("a", "z")]
