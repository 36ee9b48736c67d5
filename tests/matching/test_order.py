"""The order is total: it depends on each program alone, and not on how the catalog lists them."""

from __future__ import annotations

from random import Random

import msgspec
from hypothesis import strategies as st
from law import law
from msgspec.structs import replace
from small_world import case_for, ranked
from strategies import catalogs, open_programs, plain_requests, programs, requests

from opmatch.matching.judge import Judge
from opmatch.matching.rank import rank_programs, sort_key
from opmatch.model.program import Program, Site, Tri
from opmatch.model.ranking import Match
from opmatch.model.request import Request

strangers = programs(**open_programs())
neighbours = programs(
    **open_programs(
        organization=st.sampled_from(["Lakeshore", "Prairie"]),
        level=st.just("op"),
        in_person=st.just(Tri.YES),
        site=st.sampled_from([Site(street="1 First St", state="IL"), Site(street="2 Second St", state="IL")]),
        tracks=st.just(()),
        virtual=st.just(Tri.NO),
    )
)
"""Programs many of which are one place: an organization at an address."""
some_catalogs = catalogs(strangers) | catalogs(neighbours)


def _alone(match: Match) -> Match:
    """The match without what is said of the programs beside it."""
    return msgspec.structs.replace(match, rank=0, same_site=())


@law(
    40,
    request=plain_requests(),
    programs=some_catalogs,
    added=strangers | neighbours,
)
def test_adding_a_program_never_reorders_the_others(
    request: Request, programs: list[Program], added: Program
) -> None:
    before = ranked(request, *programs).matches
    after = ranked(request, *programs, replace(added, id="added")).matches
    assert [_alone(match) for match in before] == [
        _alone(match) for match in after if match.program.id != "added"
    ]


@law(
    30,
    request=requests() | plain_requests(),
    programs=some_catalogs,
    seed=st.integers(0, 999),
)
def test_shuffling_the_catalog_changes_no_byte(request: Request, programs: list[Program], seed: int) -> None:
    shuffled = list(programs)
    Random(seed).shuffle(shuffled)
    one, other = (msgspec.json.encode(ranked(request, *order)) for order in (programs, shuffled))
    assert one == other


@law(25, request=plain_requests(), programs=some_catalogs)
def test_matches_stand_in_the_order_of_their_keys_and_no_two_keys_are_equal(
    request: Request, programs: list[Program]
) -> None:
    judge = Judge(case_for(request))
    key_of = {one.id: sort_key(judge.best(judge.candidates(one))) for one in programs}
    assert len(set(key_of.values())) == len(programs)
    keys = [key_of[match.program.id] for match in ranked(request, *programs).matches]
    assert keys == sorted(keys)


@law(20, request=plain_requests(), programs=some_catalogs)
def test_a_limit_leaves_out_only_later_places_of_a_level_and_tier(
    request: Request, programs: list[Program]
) -> None:
    everything = ranked(request, *programs)
    case = case_for(request)
    for limit in (1, 2):
        some = rank_programs(case, programs, limit)
        assert some.matches == tuple(match for match in everything.matches if match.rank <= limit)
        assert (some.eligible, some.confirm) == (everything.eligible, everything.confirm)
