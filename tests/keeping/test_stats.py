"""Counts of a catalog are what counting by hand gives."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from factories import a_program
from opmatch import api
from opmatch.keeping.stats import stats
from opmatch.model.program import Needs, Payer, Populations, Program, Site, Tri
from opmatch.shipped import sample_catalog

IDS = st.lists(st.sampled_from(["ptsd", "depression", "trauma"]), max_size=3).map(tuple)
PROGRAMS = st.lists(
    st.builds(
        lambda level, needs, treats, payers, state, virtual: a_program(
            level=level,
            needs=Needs(specializes=needs, treats=treats),
            payers=payers,
            site=Site(state=state) if state is not None else None,
            virtual=virtual,
        ),
        st.sampled_from(["op", "iop", "php"]),
        IDS,
        IDS,
        st.none()
        | st.lists(st.sampled_from(["medicaid", "va"]).map(lambda one: Payer(id=one)), max_size=2).map(tuple),
        st.none() | st.sampled_from(["IL", "WI", ""]),
        st.sampled_from(Tri),
    ),
    max_size=8,
)


@given(PROGRAMS)
def test_each_count_is_the_naive_one(programs: list[Program]) -> None:
    found = stats(programs)
    assert found.programs == len(programs)
    for level in ("op", "iop", "php"):
        assert found.by["level"][level] == len([one for one in programs if one.level == level])
    for need in ("ptsd", "depression", "trauma"):
        naive = len([one for one in programs if need in one.needs.specializes or need in one.needs.treats])
        assert found.by["need"].get(need, 0) == naive
    for payer in ("medicaid", "va"):
        naive = len([one for one in programs if any(p.id == payer for p in one.payers or ())])
        assert found.by["payer"].get(payer, 0) == naive
    assert found.unknown["payers"] == len([one for one in programs if one.payers is None])
    assert sum(found.by["state"].values()) == len(programs)
    assert found.asked["licensed_states"] == len([one for one in programs if one.virtual is not Tri.NO])


@given(PROGRAMS)
def test_nothing_is_more_often_unknown_than_it_matters(programs: list[Program]) -> None:
    found = stats(programs)
    assert all(0 <= found.unknown[field] <= found.asked[field] <= len(programs) for field in found.unknown)
    assert all(
        0 < count <= len(programs)
        for name, counts in found.by.items()
        for count in counts.values()
        if name != "level"
    )


def test_open_to_all_is_known_and_ask_who_is_not() -> None:
    programs = [a_program(), a_program(populations=Populations(only_unknown=True))]
    assert stats(programs).unknown["who may enter"] == 1


def test_the_sample_covers_every_level() -> None:
    catalog = api.load_catalog([Path(sample_catalog())])
    assert min(stats(catalog.programs).by["level"].values()) > 0
