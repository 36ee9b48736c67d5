"""When no programs are ranked, and what a clinician's review can and can't lift."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from law import law
from msgspec.structs import replace
from small_world import AS_OF, VOCABULARY, named
from strategies import NEEDS, requests, some

from factories import a_program
from opmatch import api
from opmatch.matching.safety import safety_notices, safety_stop
from opmatch.model.program import Catalog, CatalogInfo
from opmatch.model.ranking import SafetyStop
from opmatch.model.request import SAFETY_FLAGS, Request

flags = some(SAFETY_FLAGS, most=4)


def _flag(request: Request) -> str | None:
    stop = safety_stop(request, VOCABULARY)
    return stop.flag if stop else None


@law(60, request=requests(), others=flags, reviewed=st.booleans())
def test_imminent_risk_always_stops(request: Request, others: tuple[str, ...], reviewed: bool) -> None:
    at_risk = replace(request, safety=(*others, "imminent-risk"), safety_reviewed=reviewed)
    assert safety_stop(at_risk, VOCABULARY) == SafetyStop(
        flag="imminent-risk", title="Stop: imminent-risk", text="About imminent-risk."
    )


@law(60, request=requests(), others=flags)
def test_a_review_lifts_everything_else_and_is_echoed(request: Request, others: tuple[str, ...]) -> None:
    lesser = tuple(flag for flag in others if flag != "imminent-risk")
    reviewed = replace(request, safety=lesser, safety_reviewed=True)
    assert _flag(reviewed) is None
    told = [one.text for one in safety_notices(reviewed, VOCABULARY) if "reviewed" in one.text]
    assert len(told) == (1 if lesser else 0)


@law(40, request=requests(), others=flags, needs=some(NEEDS, most=3))
def test_unreviewed_flags_stop_but_for_withdrawal_from_opioids_alone(
    request: Request, others: tuple[str, ...], needs: tuple[str, ...]
) -> None:
    asked = replace(request, safety=others, needs=named(*needs))
    opioids_alone = "opioid" in needs and not {"alcohol", "substance-use"} & set(needs)
    stopping = set(others) - ({"withdrawal-risk"} if opioids_alone else set())
    assert (_flag(asked) in stopping) if stopping else (_flag(asked) is None)


@pytest.mark.parametrize(
    ("needs", "flag"),
    [
        (("opioid",), None),
        (("opioid", "depression"), None),
        (("opioid", "alcohol"), "withdrawal-risk"),
        (("alcohol",), "withdrawal-risk"),
        (("substance-use",), "withdrawal-risk"),
        (("depression",), "withdrawal-risk"),
        ((), "withdrawal-risk"),
    ],
)
def test_withdrawal_stops_unless_opioids_are_the_only_substance(
    needs: tuple[str, ...], flag: str | None
) -> None:
    assert _flag(Request(as_of=AS_OF, needs=named(*needs), safety=("withdrawal-risk",))) == flag


def test_withdrawal_from_opioids_is_spoken_of_before_programs() -> None:
    request = Request(as_of=AS_OF, needs=named("opioid"), safety=("withdrawal-risk",))
    told = [(one.kind, one.text) for one in safety_notices(request, VOCABULARY)]
    assert told == [("safety", "Stop: opioid-withdrawal. About opioid-withdrawal.")]


def test_safety_questions_are_put_only_while_safety_is_open() -> None:
    open_, answered = (Request(as_of=AS_OF, needs=named("psychosis"), safety=safety) for safety in (None, ()))
    assert [one.text for one in safety_notices(open_, VOCABULARY)] == ["Is anybody in danger now?"]
    assert safety_notices(answered, VOCABULARY) == ()


@pytest.mark.parametrize("flag", SAFETY_FLAGS)
def test_a_stopped_ranking_has_nothing_but_its_stop_and_help(flag: str) -> None:
    programs = (a_program(),)
    info = CatalogInfo(name="County list", sha256="0" * 64, programs=1, sample=False)
    catalog = Catalog(infos=(info,), programs=programs)
    ranking = api.rank(catalog, Request(as_of=AS_OF, safety=(flag,)))
    assert ranking.safety_stop is not None
    assert ranking.safety_stop.flag == flag
    assert (ranking.considered, ranking.eligible, ranking.confirm) == (1, 0, 0)
    assert (ranking.funnel, ranking.matches, ranking.near_misses, ranking.relaxations) == ((), (), (), ())
    assert [notice.kind for notice in ranking.notices] == ["crisis"]
