"""Without --with-request an answer repeats nothing that was asked for."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batch_requests import a_small_catalog, as_json_lines, some_requests
from opmatch import api
from opmatch.batch.chunk import answer
from opmatch.batch.plan import Plan
from opmatch.batch.rows import Row
from opmatch.model.program import Catalog

DAY = dt.date(2026, 11, 23)
REQUESTS = some_requests(40, seed=3)
ABOUT_PROGRAMS = ("program", "same_site", "catalogs", "option", "sessions", "opmatch", "formula")
SAID_FOR_SAFETY = ("crisis", "safety", "minors", "privacy")
SHORTEST = 4
"""Letters of a word that can't stand in a sentence by chance."""


@pytest.fixture(name="catalog", scope="module")
def catalog_fixture(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return api.load_catalog([a_small_catalog(tmp_path_factory.mktemp("catalog"))])


def answers(catalog: Catalog, requests: list[dict[str, Any]], *, with_request: bool = False) -> list[Any]:
    plan = Plan(keys=None, as_of=DAY, limit=3, with_request=with_request)
    lines = as_json_lines(requests).decode().splitlines()
    found = answer(catalog, plan, [Row(number, line) for number, line in enumerate(lines, 1)])
    return [json.loads(line) for line in found.text.splitlines()]


def sentences(value: Any) -> Iterator[str]:
    """Every text of an answer but facts of programs and what safety and law ask to be said."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from sentences(one)
    elif isinstance(value, dict) and value.get("kind") not in SAID_FOR_SAFETY:
        for key, one in value.items():
            if key not in ABOUT_PROGRAMS:
                yield from sentences(one)


def asked_words(request: dict[str, Any]) -> set[str]:
    """What was typed and what it was taken for, from the request as an answer repeats it."""
    found = set()
    for key in ("needs", "payers", "populations", "approaches", "services", "supports"):
        for term in request[key]:
            found |= {term["id"], term["label"], term["asked"]}
    if request["language"]:
        found |= {request["language"]["label"], request["language"]["asked"]}
    if request["near"]:
        found.add(request["near"]["text"])
    if request["when"]:
        found |= {*request["when"]["text"], *request["when"]["asked"]}
    return {word for word in found if len(word) >= SHORTEST}


def test_no_sentence_repeats_what_was_asked(catalog: Catalog) -> None:
    told = 0
    for bare, full in zip(
        answers(catalog, REQUESTS), answers(catalog, REQUESTS, with_request=True), strict=True
    ):
        if "error" in full or full["safety_stop"]:
            continue
        assert bare["request"] is None
        text = "\n".join(sentences(bare)).casefold()
        assert [word for word in asked_words(full["request"]) if word.casefold() in text] == []
        told += any(
            word.casefold() in "\n".join(sentences(full)).casefold() for word in asked_words(full["request"])
        )
    assert told > len(REQUESTS) // 2, "with the request most answers do repeat it"


def test_what_is_left_is_the_same_answer(catalog: Catalog) -> None:
    for bare, full in zip(
        answers(catalog, REQUESTS), answers(catalog, REQUESTS, with_request=True), strict=True
    ):
        assert bare.keys() == full.keys()
        for key in ("row", "ref", "considered", "eligible", "confirm", "funnel", "safety_stop"):
            assert bare.get(key) == full.get(key)
        for one, whole in zip(bare.get("matches", ()), full.get("matches", ()), strict=True):
            for key in whole.keys() - {"gates", "criteria", "questions"}:
                assert one[key] == whole[key]
            assert [(gate["name"], gate["state"]) for gate in one["gates"]] == [
                (gate["name"], gate["state"]) for gate in whole["gates"]
            ]
            assert [{**got, "reason": ""} for got in one["criteria"]] == [
                {**got, "reason": ""} for got in whole["criteria"]
            ]
            for got, same in zip(one["criteria"], whole["criteria"], strict=True):
                assert got["reason"] == (
                    same["reason"] if got["name"] in ("schedule", "availability", "travel") else ""
                )


def test_a_change_that_holds_the_request_is_left_out_whole(catalog: Catalog) -> None:
    """A place on a waitlist is new; free time is what was asked and more."""
    seen = set()
    for bare, full in zip(
        answers(catalog, REQUESTS), answers(catalog, REQUESTS, with_request=True), strict=True
    ):
        for one, whole in zip(bare.get("near_misses", ()), full.get("near_misses", ()), strict=True):
            keys = set(whole["relax"])
            seen |= keys
            new = keys <= {"within", "start_by", "waitlist", "delivery"}
            assert one["relax"] == (whole["relax"] if new else {})
        assert all(one in full["relaxations"] for one in bare.get("relaxations", ()))
    assert {"waitlist", "when"} <= seen


WRONG = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=SHORTEST, max_size=60)


@given(
    st.sampled_from(("age", "near", "within", "delivery", "when", "start_by", "weights", "must", "needs")),
    WRONG,
)
def test_an_error_repeats_no_value(key: str, value: str) -> None:
    words = value.strip()
    request = {key: [value] if key in ("when", "must", "needs") else value, "near": "60610"} | {key: value}
    (line,) = answers(Catalog(infos=(), programs=()), [request])
    if "error" in line and len(words) >= SHORTEST:
        told = json.dumps([one["message"] for one in line["error"]["problems"]], ensure_ascii=False)
        candidates = [id_ for one in line["error"]["problems"] for id_ in one.get("candidates", ())]
        assert words.casefold() not in told.casefold() or any(words in id_ for id_ in candidates)


def test_a_reference_that_says_who_it_is_is_not_repeated(catalog: Catalog) -> None:
    for ref in ("Jane Doe", "312-555-0142", "1990-01-02", "jo@example.org"):
        for with_request in (False, True):
            (line,) = answers(catalog, [{"ref": ref}], with_request=with_request)
            assert line["ref"] is None
            assert ref not in json.dumps(line)


def test_the_small_catalog_is_read(tmp_path: Path) -> None:
    assert len(api.load_catalog([a_small_catalog(tmp_path)]).programs) > 20
