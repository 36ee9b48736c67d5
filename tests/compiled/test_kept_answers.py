"""Compiled catalogs answer as their files do: the sample by golden cases, real ones by random requests."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sys
from pathlib import Path

import msgspec
import pytest

from batch_requests import some_requests
from golden_cases import read_cases
from opmatch import api, shipped
from opmatch.cli.entry import main
from opmatch.errors import InputError, UsageError
from opmatch.intake.request_file import read_request
from opmatch.intake.words import RequestWords
from opmatch.model.program import Catalog
from opmatch.model.request import Request
from real_data import beside

SAMHSA = beside("samhsa")
DAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPMATCH_CACHE_DIR", str(tmp_path / "cache"))


def _answer(catalog: Catalog, request: Request) -> bytes:
    return msgspec.json.encode(api.rank(catalog, request, limit=5))


def test_the_golden_requests_are_answered_the_same() -> None:
    sample = [shipped.sample_catalog()]
    plain, cold, warm = api.read_catalog(sample), api.load_catalog(sample), api.load_catalog(sample)
    assert plain.as_of is not None
    for number, case in enumerate(read_cases()[::2]):
        words = read_request(json.dumps(case.request), "request.json")
        request, _ = api.understand(words, case.today or plain.as_of)
        expected = _answer(plain, request)
        assert _answer(warm, request) == expected, case.story
        if number % 4 == 0:
            assert _answer(cold, request) == expected, case.story


def test_many_requests_are_answered_the_same_however_the_programs_came(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sample = [shipped.sample_catalog()]
    catalogs = [api.read_catalog(sample), api.load_catalog(sample), api.load_catalog(sample)]
    monkeypatch.setenv("OPMATCH_CACHE_DIR", "off")
    catalogs.append(api.load_catalog(sample))
    answered = 0
    for document in some_requests(48, seed=3):
        with contextlib.suppress(UsageError, InputError):  # one in eight is odd
            words = read_request(json.dumps({**document, "ref": None}), "request.json")
            request, _ = api.understand(words, DAY)
            assert len({_answer(catalog, request) for catalog in catalogs}) == 1, document
            answered += 1
    assert answered > 30


@pytest.mark.long
@SAMHSA.skip
def test_the_real_directories_answer_the_same(tmp_path: Path) -> None:
    sys.path.append(str(Path(__file__).resolve().parents[1] / "real"))
    from random_asks import random_ask

    files = sorted(SAMHSA.path.glob("*.xlsx"))
    written = [tmp_path / f"{file.stem}.yaml" for file in files]
    for file, out in zip(files, written, strict=True):
        assert main(["catalog", "import", "samhsa", str(file), "-o", str(out)]) == 0
    plain, _, warm = api.read_catalog(written), api.load_catalog(written), api.load_catalog(written)
    asked = [api.understand(RequestWords(**random_ask(number).as_words()), DAY)[0] for number in range(40)]
    # What is remembered changes no answer (tests/matching/test_memory.py), and halves the time.
    remembering = api.rank_many(plain, ((request, ()) for request in asked), limit=5)
    for request, ranking in zip(asked, remembering, strict=True):
        assert _answer(warm, request) == msgspec.json.encode(ranking)
