"""Golden cases: what a counselor would expect of the sample catalog, request by request (tests/golden)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest

from golden_cases import AND_MORE, Case, read_cases, texts
from opmatch import api, shipped
from opmatch.intake.request_file import read_request
from opmatch.intake.week import parse_week
from opmatch.model.program import LEVELS, Catalog
from opmatch.model.ranking import Match, Ranking
from opmatch.model.request import Request

CASES = read_cases()


def _name(case: Case) -> str:
    first = re.split(r"(?<=[.;:])\s", case.story.strip(), maxsplit=1)[0]
    return f"{case.file}: {' '.join(first.split())}"


@cache
def _catalog() -> Catalog:
    return api.load_catalog([shipped.sample_catalog()])


def _answer(case: Case) -> tuple[Request, Ranking]:
    catalog = _catalog()
    words = read_request(json.dumps(case.request), "request.json")
    assert catalog.as_of is not None
    request, notices = api.understand(words, case.today or catalog.as_of)
    return request, api.rank(catalog, request, notices=notices, limit=case.limit)


def _ids(matches: Sequence[Match], level: str, tier: str) -> list[str]:
    return [match.program.id for match in matches if match.program.level == level and match.tier == tier]


def _first(found: list[str], expected: list[str]) -> list[str]:
    """The found ids as far as the expectation reaches, marked as open-ended where it is."""
    if expected[-1:] == [AND_MORE]:
        return [*found[: len(expected) - 1], AND_MORE]
    return found


def _plain(change: dict[str, Any]) -> dict[str, Any]:
    """Free time as minutes of the week: it may be written in more than one way."""
    when = change.get("when")
    return change if when is None else {**change, "when": parse_week(texts(when))}


def _wrong_order(case: Case, ranking: Ranking) -> list[str]:
    wrong = []
    for level in LEVELS:
        for tier in ("eligible", "confirm"):
            written = case.expect.matches.get(level)
            expected: list[str] = getattr(written, tier) if written else []
            found = _first(_ids(ranking.matches, level, tier), expected)
            if found != expected:
                wrong.append(f"{level}, {tier}: expected {expected}, got {found}")
    return wrong


def _wrong_changes(case: Case, ranking: Ranking) -> list[str]:
    wrong = []
    if case.expect.near_misses is not None:
        expected = [(program, _plain(change)) for program, change in case.expect.near_misses.items()]
        near = [(miss.program.id, _plain(miss.relax)) for miss in ranking.near_misses]
        if near != expected:
            got = {miss.program.id: miss.relax for miss in ranking.near_misses}
            wrong.append(f"near misses: expected {case.expect.near_misses}, got {got}")
    if case.expect.relaxations is not None:
        offered = [{**change.change, "adds": change.adds} for change in ranking.relaxations]
        if [_plain(change) for change in offered] != [_plain(c) for c in case.expect.relaxations]:
            wrong.append(f"relaxations: expected {case.expect.relaxations}, got {offered}")
    return wrong


def _wrong_matches(case: Case, ranking: Ranking) -> list[str]:
    wrong = []
    shown = {match.program.id: match for match in ranking.matches}
    offered = [*shown, *(miss.program.id for miss in ranking.near_misses)]
    wrong += [f"{program} should not be offered" for program in case.expect.never if program in offered]
    for program, way in case.expect.attends.items():
        option = shown[program].option
        found = ", ".join(filter(None, (option.mode, option.track)))
        if found != way:
            wrong.append(f"{program}: expected to attend by {way}, got {found}")
    for program, sessions in case.expect.sessions.items():
        times = [f"{session.day} {session.start}-{session.end}" for session in shown[program].sessions]
        if times != sessions:
            wrong.append(f"{program}: expected the sessions {sessions}, got {times}")
    for program, neighbours in case.expect.same_place.items():
        if sorted(shown[program].same_site) != sorted(neighbours):
            wrong.append(
                f"{program}: expected the same place as {neighbours}, got {shown[program].same_site}"
            )
    for program, words in case.expect.ask.items():
        questions = [question.ask for question in shown[program].questions]
        if isinstance(words, list):
            if questions != words:
                wrong.append(f"{program}: expected the questions {words}, got {questions}")
        elif not any(words in question for question in questions):
            wrong.append(f"{program}: no question says {words!r} among {questions}")
    for program in case.expect.hidden:
        site = shown[program].program.site
        if site is None or (site.confidential, site.street, site.city, site.zip) != (True, "", "", ""):
            wrong.append(f"{program}: the place should be hidden, got {site}")
    return wrong


def _wrong_reasons(case: Case, request: Request) -> list[str]:
    wrong = []
    for program, reasons in case.expect.because.items():
        match = api.explain(_catalog(), request, program)
        for name, words in reasons.items():
            said = [gate.reason for gate in match.gates if gate.name == name]
            said += [criterion.reason for criterion in match.criteria if criterion.name == name]
            wrong += [
                f"{program}, {name}: {part!r} isn't said in {said}"
                for part in texts(words)
                if not any(part.lower() in sentence.lower() for sentence in said)
            ]
    return wrong


def _wrong_notices(case: Case, ranking: Ranking) -> list[str]:
    wrong = []
    for kind, words in case.expect.notices.items():
        said = [notice.text for notice in ranking.notices if notice.kind == kind]
        wrong += [
            f"no {kind} notice says {part!r}: {said}"
            for part in texts(words)
            if not any(part.lower() in text.lower() for text in said)
        ]
    kinds = {notice.kind for notice in ranking.notices}
    wrong += [f"there should be no {kind} notice" for kind in case.expect.no_notices if kind in kinds]
    stop = ranking.safety_stop.flag if ranking.safety_stop else None
    if stop != case.expect.stop:
        wrong.append(f"safety stop: expected {case.expect.stop}, got {stop}")
    return wrong


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_the_answer_is_what_a_counselor_expects(case: Case) -> None:
    request, ranking = _answer(case)
    wrong = [
        *_wrong_notices(case, ranking),
        *_wrong_order(case, ranking),
        *_wrong_matches(case, ranking),
        *_wrong_changes(case, ranking),
        *_wrong_reasons(case, request),
    ]
    assert not wrong, "\n".join((f"\n{case.story.strip()}", *(f"  - {line}" for line in wrong)))


def test_there_are_enough_cases_and_each_is_told_once() -> None:
    stories = [case.story for case in CASES]
    assert len(CASES) >= 36
    assert len(set(stories)) == len(stories)


def test_every_program_a_case_names_is_in_the_catalog() -> None:
    known = {program.id for program in _catalog().programs}
    for case in CASES:
        expect = case.expect
        listed = [
            program for tiers in expect.matches.values() for program in (*tiers.eligible, *tiers.confirm)
        ]
        named = {*listed, *expect.never, *expect.because, *(expect.near_misses or {})} - {AND_MORE}
        assert named <= known, _name(case)
