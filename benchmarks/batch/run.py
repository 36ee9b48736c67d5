"""Requests a second on one core, opmatch beside a DuckDB script, over the same programs; in turn, in one run.

    python benchmarks/batch/run.py CATALOG... [--requests 200] [--rounds 3] [--jobs 1,2]

Needs `pip install duckdb` (extra `bench`). What the script leaves out is said in duck.py. Nothing passes or
fails.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent))

from caseload import as_line, caseload

from opmatch import api
from opmatch.batch.plan import Catalogs, Plan
from opmatch.batch.pool import in_processes, in_this_process
from opmatch.batch.rows import Row
from opmatch.batch.run import CHUNK_ROWS
from opmatch.model.program import Catalog
from opmatch.model.request import Request

if TYPE_CHECKING:
    from duck import Duck


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def chunks(rows: Sequence[Row]) -> list[Sequence[Row]]:
    return [rows[at : at + CHUNK_ROWS] for at in range(0, len(rows), CHUNK_ROWS)]


def agreement(
    catalog: Catalog, duck: Duck, requests: Sequence[tuple[Request, object]]
) -> tuple[int, int, int]:
    """In how many requests both find as many eligible and confirmed, and the same first three of each."""
    counts = tops = 0
    answers = duck.ask([request for request, _ in requests])
    for (request, _), found in zip(requests, answers, strict=True):
        ranking = api.rank(catalog, request)
        tiers = {row["tier"]: row["in_tier"] for row in found}
        counts += (tiers.get("eligible", 0), tiers.get("confirm", 0)) == (ranking.eligible, ranking.confirm)
        firsts = {
            (match.program.level, match.tier, match.program.id)
            for match in ranking.matches
            if match.rank == 1
        }
        theirs = {(row["level"], row["tier"], row["id"]) for row in found if row["place"] == 1}
        tops += theirs <= firsts
    return counts, tops, len(requests)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("catalog", nargs="+", type=Path)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", default="1,2", help="numbers of processes to compare")
    options = parser.parse_args()
    from duck import Duck  # here, since every process that is started reads this file again

    day = dt.date(2026, 11, 23)
    catalog = api.load_catalog(options.catalog)
    rows = [
        Row(number, as_line(one))
        for number, one in enumerate(caseload(catalog.programs, options.requests), 1)
    ]
    plan = Plan(keys=None, as_of=day, limit=3, with_request=True)
    duck = Duck(catalog.programs, day)
    asked = [api.understand(one, day) for one in caseload(catalog.programs, options.requests)]
    counts, tops, of = agreement(catalog, duck, asked[:50])
    print(f"{len(catalog.programs):,} programs, {len(rows):,} requests, {options.rounds} rounds in turn")
    print(f"agreement over {of}: as many eligible and confirmed in {counts}, the same first in {tops}")
    ours, single, together = [], [], []
    understood = [request for request, _ in asked]
    for _ in range(options.rounds):
        ours.append(seconds(lambda: list(in_this_process(catalog, plan, chunks(rows)))))
        single.append(seconds(lambda: [duck.answers([request]) for request in understood]))
        together.append(seconds(lambda: duck.answers(understood)))
    rates = [len(rows) / statistics.median(times) for times in (ours, single, together)]
    print(f"opmatch, one process           {rates[0]:9.1f} requests a second, words to JSON line")
    print(
        f"DuckDB, a statement a request  {rates[1]:9.1f} requests a second: {rates[0] / rates[1]:.2f} times"
    )
    print(
        f"DuckDB, one statement for all  {rates[2]:9.1f} requests a second: {rates[0] / rates[2]:.2f} times"
    )
    catalogs = Catalogs(paths=tuple(options.catalog), overlays=(), infos=catalog.infos)
    base = 0.0
    for jobs in (int(one) for one in options.jobs.split(",")):
        with contextlib.closing(in_processes(catalogs, plan, iter(chunks(rows)), jobs)) as answers:
            next(answers)  # every process has loaded the catalog by then, or nearly
            start = time.perf_counter()
            done = sum(one.rows for one in answers)
            rate = done / (time.perf_counter() - start)
        base = base or rate / jobs
        print(
            f"processes: {jobs:3}                 {rate:9.1f} requests a second: {rate / base:.2f} times one"
        )


if __name__ == "__main__":
    main()
