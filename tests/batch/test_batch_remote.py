"""What a machine of a cluster does with what it is sent: it answers, and never tells what it was given."""

from __future__ import annotations

import datetime as dt
import gc
import pickle
import sys
import weakref
from pathlib import Path

import pytest

from batch_requests import a_small_catalog, as_json_lines, some_requests
from opmatch import __version__, api
from opmatch.batch import remote
from opmatch.batch.chunk import answer
from opmatch.batch.plan import Plan
from opmatch.batch.remote import (
    Another,
    Broken,
    Maker,
    Reply,
    Sealed,
    answer_there,
    reply_of,
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
    path: Path = a_small_catalog(tmp_path_factory.mktemp("catalog"))
    return path


def shipped(catalog: Catalog) -> Sealed:
    return Sealed(packed(catalog, api.load_vocabulary, api.load_formula))


def travelled(sealed: Sealed) -> Sealed:
    """As it is at the other end."""
    found: Sealed = pickle.loads(pickle.dumps(sealed))
    return found


def reply(shipment: Sealed, chunk: Sealed, maker: Maker) -> Reply:
    kind, values = pickle.loads(pickle.dumps(answer_there(shipment, chunk, *maker)))
    return reply_of(kind, values)


@pytest.mark.parametrize("kept", [True, False])
def test_a_chunk_is_answered_from_a_catalog_without_its_files(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: bool
) -> None:
    expected = answer(api.load_catalog([source]), PLAN, ROWS)
    monkeypatch.setenv("OPMATCH_CACHE_DIR", str(tmp_path / "cache") if kept else "off")
    api.load_catalog([source])  # compiled by this one, read from the cache by the next
    shipment = travelled(shipped(api.load_catalog([source])))
    assert reply(shipment, travelled(sealed_chunk(PLAN, ROWS)), this_opmatch()) == expected


def test_a_process_opens_a_catalog_once_and_forgets_it_with_its_shipment(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipment, opened = shipped(api.load_catalog([source])), list[weakref.ref[Catalog]]()

    def noting(data: bytes) -> Catalog:
        catalog = unpacked(data)
        opened.append(weakref.ref(catalog.programs))  # type: ignore[arg-type]
        return catalog

    monkeypatch.setattr(remote, "unpacked", noting)
    for _ in range(3):
        reply(shipment, sealed_chunk(PLAN, ROWS[:1]), this_opmatch())
    (programs,) = opened
    assert programs() is not None
    del shipment
    gc.collect()
    assert programs() is None


def test_what_is_sealed_shows_nothing() -> None:
    sealed = sealed_chunk(PLAN, [Row(1, "secret")])
    assert b"secret" in sealed.getvalue()
    for shown in (repr(sealed), str(sealed), repr([travelled(sealed)])):
        assert "secret" not in shown
    assert sys.getsizeof(sealed) > len(sealed.getvalue()), "by which a scheduler reckons what moving it costs"


@pytest.mark.parametrize("data", [b"secret", pickle.dumps("secret"), pickle.dumps((PLAN, ["secret"]))])
def test_what_can_t_be_answered_comes_back_as_a_place_in_the_code(
    source: Path, data: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    broken = reply(shipped(api.load_catalog([source])), Sealed(data), this_opmatch())
    assert isinstance(broken, Broken)
    assert "secret" not in repr(broken)
    assert broken.line.startswith("opmatch.batch.")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("wanted", [Maker("0.0.7", ""), Maker(__version__, "other files")])
def test_another_opmatch_says_which_it_is_and_opens_nothing(wanted: Maker) -> None:
    found = reply(Sealed(b"of another time"), Sealed(b"of another time"), wanted)
    assert isinstance(found, Another)
    assert found.version == __version__


@pytest.mark.parametrize("data", [b"", b"secret", b"x\x9c\x03\x00\x00\x00\x00\x01"])
def test_damaged_bytes_are_no_catalog(data: bytes) -> None:
    with pytest.raises(DamagedError):
        unpacked(data)
