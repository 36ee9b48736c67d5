"""How long `opmatch assign` takes for a county, whole and in parts, in one run.

    python benchmarks/assigning/run.py [--people 1000] [--programs 500] [--alone 50] [--again 20]

The county is made up, dense on purpose (a person fits dozens of tracks), and the same on every run. Below
the parts stands what they are instead of, timed on a sample in the same run: judging people one by one, and
solving anew for each further seat. Nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from county import AS_OF, write_catalog, write_people

from opmatch import api
from opmatch.cli.assign_people import read_people
from opmatch.formats.open_file import open_file
from opmatch.matching.judge import Judge
from opmatch.model.placement import PRIORITIES
from opmatch.placing.canon import canonical
from opmatch.placing.options import SeatPanel
from opmatch.placing.prices import prices
from opmatch.placing.problem import Edge, Person, Problem, first_come, totals
from opmatch.placing.seats import seat_groups
from opmatch.placing.solve import solve
from opmatch.placing.worth import Scale

DAY = dt.date.fromisoformat(AS_OF)


def timed(label: str, run: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    found = run()
    seconds = time.perf_counter() - start
    print(f"  {label:<54} {seconds:8.3f} s")
    return found, seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--programs", type=int, default=500)
    parser.add_argument("--alone", type=int, default=50, help="people judged one by one")
    parser.add_argument("--again", type=int, default=20, help="seats solved again for")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        catalog, people = Path(name, "county.json"), Path(name, "people.csv")
        write_catalog(catalog, options.programs)
        write_people(people, options.people)
        print(f"{options.people:,} people, {options.programs:,} programs with two tracks each\n")
        whole(catalog, people)
        parts(catalog, people, options)


def whole(catalog: Path, people: Path) -> None:
    print("The command, as a process of its own")
    command = [sys.executable, "-m", "opmatch", "assign", str(people), "-c", str(catalog), "--as-of", AS_OF]
    for more in ([], ["--allow-confirm"]):
        run = [*command, "--exit-zero", "-f", "json", *more]
        label = " ".join(["opmatch assign", *more])
        done, _ = timed(label, lambda run=run: subprocess.run(run, check=True, capture_output=True))
        answer = json.loads(done.stdout)
        for key in ("totals", "first_come"):
            print(f"    {key:<12}" + ", ".join(f"{name} {count:,}" for name, count in answer[key].items()))
    print()


def parts(catalog_file: Path, people_file: Path, options: argparse.Namespace) -> None:
    print("Its parts (with --allow-confirm)")
    catalog, _ = timed("read the programs", lambda: api.load_catalog([catalog_file]))
    askers, _ = timed(
        "read and understand the people",
        lambda: read_people(open_file(people_file, 10**9), DAY, with_request=False),
    )
    cases = [api.case_of(asker.request) for asker in askers if asker.request is not None]
    groups = seat_groups(cases[0], catalog.programs)
    panel = SeatPanel(cases[0], groups)
    order = sorted(range(len(cases)), key=lambda at: repr(cases[at].request.near))
    found, together = timed("everybody's choices", lambda: {at: panel.options(cases[at]) for at in order})
    problem = Problem(
        tuple(group.counted for group in groups),
        tuple(
            Person(
                PRIORITIES.index(asker.priority),
                tuple(
                    Edge(one.group, one.tier == "eligible", one.score)
                    for one in (*found[at].open, *found[at].full)
                ),
            )
            for at, asker in enumerate(askers)
        ),
    )
    scale = Scale.of(problem)
    places, solving = timed("solve", lambda: solve(problem, scale))
    worth, proving = timed(
        "prove it, and price one more seat everywhere", lambda: prices(problem, scale, places)
    )
    chosen, _ = timed("choose among equals", lambda: canonical(problem, scale, places, worth))
    best, fcfs = totals(problem, chosen), totals(problem, first_come(problem))
    edges = sum(len(person.edges) for person in problem.people)
    print(
        f"    {edges:,} pairs of a person and a track, {sum(problem.seats):,} seats in {len(groups):,} tracks"
    )
    print(
        f"    placed {best.placed:,}, urgent {best.urgent:,}; first come: {fcfs.placed:,}, {fcfs.urgent:,}\n"
    )

    print("What the parts are instead of")
    sample = cases[:: max(1, len(cases) // options.alone)][: options.alone]
    _, alone = timed(
        f"judge {len(sample)} people one by one", lambda: [judge(case, catalog) for case in sample]
    )
    more = range(0, len(groups), max(1, len(groups) // options.again))
    _, again = timed(
        f"solve anew with one more seat, {len(more)} times", lambda: [anew(problem, at) for at in more]
    )
    print()
    print(f"  choices together: 1/{alone / len(sample) * len(cases) / together:.1f} of the time one by one")
    print(
        f"  prices: 1/{again / len(more) * len(groups) / proving:.0f} of solving anew for each of the tracks"
    )
    print(f"  solving is {solving / together:.2f} of the time that the choices take")


def judge(case: Any, catalog: Any) -> None:
    one = Judge(case)
    for program in catalog.programs:
        for way in one.candidates(program, most_failures=0):
            if not way.failed:
                one.score(way)


def anew(problem: Problem, group: int) -> None:
    seats = list(problem.seats)
    seats[group] += 1
    more = Problem(tuple(seats), problem.people)
    solve(more, Scale.of(more))


if __name__ == "__main__":
    main()
