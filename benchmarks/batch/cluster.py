"""Requests a second in one process, in two, and on two Dask workers of this machine; in turn, in one run.

    python benchmarks/batch/cluster.py CATALOG... [--requests 2000] [--rounds 3]

Everything is on loopback: a network between the machines is not measured. Nothing passes or fails.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from caseload import as_line, caseload

from opmatch import api
from opmatch.batch.chunk import Answers
from opmatch.batch.cluster import CHUNK_ROWS as OF_CLUSTER
from opmatch.batch.cluster import connected
from opmatch.batch.plan import Catalogs, Plan
from opmatch.batch.pool import in_processes, in_this_process
from opmatch.batch.rows import Row
from opmatch.batch.run import CHUNK_ROWS
from opmatch.compiled.ship import packed

DAY = dt.date(2026, 11, 23)


@contextlib.contextmanager
def two_workers() -> Iterator[str]:
    """The address of a scheduler with two workers of one thread each."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, contextlib.ExitStack() as stack:
        told = Path(folder, "scheduler.json")

        def start(name: str, *options: str) -> None:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{name}", *options, "--host", "127.0.0.1"],
                stderr=subprocess.DEVNULL,
            )
            stack.callback(process.wait)
            stack.callback(process.kill)

        start("scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(told))
        while not (told.exists() and told.read_text()):
            time.sleep(0.05)
        address = json.loads(told.read_text())["address"]
        for _ in range(2):
            lean = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", folder)
            start("worker", address, *lean)
        yield address


def chunks(rows: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    return (rows[at : at + size] for at in range(0, len(rows), size))


def timed(answers: Iterator[Answers]) -> tuple[float, float, bytes]:
    """Seconds until the first chunk is answered, seconds for all, and what was answered."""
    start = time.perf_counter()
    text = [next(answers).text]
    first = time.perf_counter() - start
    text += (one.text for one in answers)
    return first, time.perf_counter() - start, b"".join(text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("catalog", nargs="+", type=Path)
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    catalog = api.load_catalog(options.catalog)
    lines = (as_line(one) for one in caseload(catalog.programs, options.requests))
    rows = [Row(number, line) for number, line in enumerate(lines, 1)]
    plan = Plan(keys=None, as_of=DAY, limit=3)
    catalogs = Catalogs(paths=tuple(options.catalog), overlays=(), infos=catalog.infos)
    size = len(packed(catalog, api.load_vocabulary, api.load_formula))
    print(f"{len(catalog.programs):,} programs, {len(rows):,} requests, {options.rounds} rounds in turn")
    print(f"shipped to each worker: {size / 1e6:.1f} MB")
    with two_workers() as address, connected(address, print) as cluster:
        ways: dict[str, Callable[[], Iterator[Answers]]] = {
            "one process": lambda: in_this_process(catalog, plan, chunks(rows, CHUNK_ROWS)),
            "two processes": lambda: in_processes(catalogs, plan, chunks(rows, CHUNK_ROWS), 2),
            "two workers": lambda: cluster.answers(catalog, plan, chunks(rows, OF_CLUSTER)),
        }
        found: dict[str, list[tuple[float, float, bytes]]] = {name: [] for name in ways}
        for _ in range(options.rounds):
            for name, answers in ways.items():
                found[name].append(timed(answers()))
    assert len({text for times in found.values() for _, _, text in times}) == 1, "the same bytes"
    base = statistics.median(whole for _, whole, _ in found["one process"])
    for name, times in found.items():
        first, whole = (statistics.median(one[at] for one in times) for at in (0, 1))
        print(
            f"{name:14} {len(rows) / whole:8.1f} requests a second: {base / whole:.2f} times one process;"
            f" the first chunk after {first:.1f} s"
        )


if __name__ == "__main__":
    main()
