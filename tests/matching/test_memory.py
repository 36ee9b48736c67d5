"""What is remembered from one request to the next changes no byte of any answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec
from hypothesis import strategies as st
from law import law
from msgspec.structs import replace
from small_world import AS_OF, PLENTY, case_for
from strategies import programs, requests

from opmatch.matching.memory import Memory
from opmatch.matching.rank import rank_programs
from opmatch.model.program import Program
from opmatch.model.request import Request

ALONE = (
    "needs", "levels", "age", "delivery", "when", "payers", "gender", "start_by", "waitlist", "safety", "weights",
    "language", "populations", "approaches", "services", "supports",
)  # fmt: skip
"""Keys that may be put into any other request that has no `must`."""
LATER = AS_OF + dt.timedelta(days=400)


def _numbered(found: list[Program]) -> tuple[Program, ...]:
    return tuple(replace(program, id=f"p{at:02}", name=f"Program {at}") for at, program in enumerate(found))


def _one_thing_at_a_time(one: Request, other: Request) -> Iterator[Request]:
    """Both, and the first with one thing each of the second."""
    yield one
    yield other
    one = replace(one, must=())
    for key in ALONE:
        yield replace(one, **{key: getattr(other, key)})
    yield replace(one, near=other.near, within=other.within)
    yield replace(one, as_of=LATER)
    yield one


def _same(catalog: Sequence[Program], memory: Memory, request: Request, limit: int) -> None:
    case = case_for(request)
    plain, remembered = rank_programs(case, catalog, limit), rank_programs(case, catalog, limit, memory)
    assert remembered == plain
    assert msgspec.json.encode(remembered) == msgspec.json.encode(plain)


catalogs = st.lists(programs(), min_size=1, max_size=6).map(_numbered)


@law(60, catalog=catalogs, one=requests(), other=requests(), limit=st.sampled_from([0, 1, PLENTY]))
def test_a_memory_shared_by_requests_that_differ_in_one_thing_changes_no_answer(
    catalog: tuple[Program, ...], one: Request, other: Request, limit: int
) -> None:
    memory = Memory()
    for request in _one_thing_at_a_time(one, other):
        _same(catalog, memory, request, limit)


@law(40, catalog=catalogs, like=programs(), one=requests(), other=requests())
def test_programs_that_are_nearly_alike_are_told_apart(
    catalog: tuple[Program, ...], like: Program, one: Request, other: Request
) -> None:
    fields = ("needs", "ages", "payers", "languages", "populations", "approaches", "verified", "availability")
    first = catalog[0]
    alike = [first, *(replace(first, **{field: getattr(like, field)}) for field in fields)]
    memory, some = Memory(), _numbered(alike)
    for request in (one, other, one):
        _same(some, memory, request, PLENTY)


@law(20, catalog=catalogs, asked=st.lists(requests(), min_size=2, max_size=4))
def test_forgetting_in_the_midst_of_a_batch_changes_no_answer(
    catalog: tuple[Program, ...], asked: list[Request]
) -> None:
    memory = Memory(most_findings=3)
    for request in (*asked, *asked):
        _same(catalog, memory, request, PLENTY)
