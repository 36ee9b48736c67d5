"""Processes that answer chunks: in order, ended with their work, and heard when something is wrong."""

from __future__ import annotations

import contextlib
import datetime as dt
import multiprocessing
import os
from pathlib import Path

import pytest

from batch_requests import a_small_catalog, as_json_lines, some_requests
from opmatch import api
from opmatch.batch.plan import Catalogs, Plan
from opmatch.batch.pool import Chunk, in_processes, in_this_process
from opmatch.batch.rows import Row
from opmatch.errors import UsageError
from opmatch.model.program import CatalogInfo

PLAN = Plan(keys=None, as_of=dt.date(2026, 11, 23), limit=3)


@pytest.fixture(name="catalogs", scope="module")
def catalogs_fixture(tmp_path_factory: pytest.TempPathFactory) -> Catalogs:
    path = a_small_catalog(tmp_path_factory.mktemp("catalog"))
    return Catalogs(paths=(path,), overlays=(), infos=api.load_catalog([path]).infos)


def some_chunks(count: int, rows: int = 2) -> list[Chunk]:
    lines = as_json_lines(some_requests(count * rows, seed=5)).decode().splitlines()
    found = [Row(number, line) for number, line in enumerate(lines, 1)]
    return [found[at : at + rows] for at in range(0, len(found), rows)]


def test_chunks_are_answered_in_their_order_however_long_each_takes(catalogs: Catalogs) -> None:
    chunks = [some_chunks(1, rows=12)[0], *some_chunks(9)]
    catalog = api.load_catalog(catalogs.paths)
    expected = [one.text for one in in_this_process(catalog, PLAN, iter(chunks))]
    assert [one.text for one in in_processes(catalogs, PLAN, iter(chunks), 2)] == expected


def test_no_more_is_read_than_the_processes_need_soon(catalogs: Catalogs) -> None:
    taken = 0

    def chunks() -> object:
        nonlocal taken
        for chunk in some_chunks(40, rows=1):
            taken += 1
            yield chunk

    with contextlib.closing(in_processes(catalogs, PLAN, chunks(), 2)) as answers:  # type: ignore[arg-type]
        next(answers)
        assert taken <= 7
    assert multiprocessing.active_children() == []


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_a_process_that_dies_is_told_and_nobody_waits(catalogs: Catalogs) -> None:
    with contextlib.closing(in_processes(catalogs, PLAN, iter(some_chunks(40, rows=8)), 2)) as answers:
        next(answers)
        multiprocessing.active_children()[0].kill()
        with pytest.raises(UsageError, match="a worker process ended"):
            list(answers)
    assert multiprocessing.active_children() == []


def test_catalogs_that_have_changed_or_gone_are_told(
    catalogs: Catalogs, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    info = CatalogInfo(name="Other", sha256="0", programs=1, sample=False)
    changed = Catalogs(paths=catalogs.paths, overlays=(), infos=(info,))
    gone = Catalogs(paths=(tmp_path / "none.yaml",), overlays=(), infos=())
    for wrong, said in ((changed, "have changed since"), (gone, "can't be read any more")):
        with pytest.raises(UsageError, match=said):
            list(in_processes(wrong, PLAN, iter(some_chunks(2)), 2))
    assert "Traceback" not in capfd.readouterr().err
