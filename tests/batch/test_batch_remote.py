"""What a machine of a cluster does with what it is sent: it answers, and never tells what it was given."""

from __future__ import annotations

import datetime as dt
import pickle
import sys
from pathlib import Path

import pytest

from batch_requests import a_small_catalog, as_json_lines, some_requests
from opmatch import __version__, api
from opmatch.batch.chunk import Answers, answer
from opmatch.batch.plan import Plan
from opmatch.batch.remote import (
    Maker,
    Sealed,
    Shipment,
    answer_there,
    handed_on,
    sealed_chunk,
    this_opmatch,
)
from opmatch.batch.rows import Row
from opmatch.compiled.pieces import DamagedError
from opmatch.compiled.ship import packed, unpacked
from opmatch.model.program import Catalog

PLAN = Plan(keys=None, as_of=dt.date(2026, 11, 23), limit=3, calls=True)
ROWS = [
    Row(number, line)
    for number, line in enumerate(as_json_lines(some_requests(24, seed=3)).decode().splitlines(), 1)
]


@pytest.fixture(name="source", scope="module")
def source_fixture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_small_catalog(tmp_path_factory.mktemp("catalog"))


def packed_bytes(catalog: Catalog) -> bytes:
    return packed(catalog, api.load_vocabulary, api.load_formula)


@pytest.mark.parametrize("kept", [True, False])
def test_a_chunk_is_answered_from_a_catalog_without_its_files(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: bool
) -> None:
    expected = answer(api.load_catalog([source]), PLAN, ROWS)
    monkeypatch.setenv("OPMATCH_CACHE_DIR", str(tmp_path / "cache") if kept else "off")
    api.load_catalog([source])  # compiled by the first, read from the cache by the second
    shipment = pickle.loads(pickle.dumps(Shipment(packed_bytes(api.load_catalog([source])))))
    assert str(source.parent).encode() not in pickle.dumps(
        dict(unpacked(shipment.data).programs.everything())
    )  # type: ignore[attr-defined]
    reply = answer_there(handed_on(shipment), sealed_chunk(PLAN, ROWS), this_opmatch())
    assert reply.kind == "answers"
    found: Answers = pickle.loads(reply.value.data)
    assert found == expected


def test_a_process_opens_a_catalog_once(source: Path) -> None:
    shipment = Shipment(packed_bytes(api.load_catalog([source])))
    assert shipment.catalog() is shipment.catalog()


def test_what_is_sealed_shows_nothing_but_its_size() -> None:
    sealed = sealed_chunk(PLAN, [Row(1, "secret")])
    for shown in (repr(sealed), str(sealed), repr(pickle.loads(pickle.dumps(sealed)))):
        assert shown == f"<{len(sealed.data):,} bytes>"
    assert sys.getsizeof(sealed) > len(sealed.data)


@pytest.mark.parametrize("data", [b"secret", pickle.dumps("secret"), pickle.dumps((PLAN, ["secret"]))])
def test_what_can_t_be_answered_comes_back_as_a_place_in_the_code(
    source: Path, data: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    shipment = Shipment(packed_bytes(api.load_catalog([source])))
    reply = answer_there(shipment, Sealed(data), this_opmatch())
    assert reply.kind == "broken"
    assert "secret" not in repr(reply)
    assert reply.value[1].startswith("opmatch.batch.")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("wanted", [Maker("0.0.7", ""), Maker(__version__, "other files")])
def test_another_opmatch_says_which_it_is_and_opens_nothing(wanted: Maker) -> None:
    reply = answer_there(Shipment(b"of another time"), Sealed(b"of another time"), wanted)
    assert (reply.kind, reply.value) == ("another", tuple(this_opmatch()))


@pytest.mark.parametrize("data", [b"", b"secret", b"x\x9c\x03\x00\x00\x00\x00\x01"])
def test_damaged_bytes_are_no_catalog(data: bytes) -> None:
    with pytest.raises(DamagedError):
        unpacked(data)
