"""What a call costs: beside Typer, DuckDB and pandas; compiling beside CSafeLoader; and in growing catalogs.

    python benchmarks/speed/run.py CATALOG... [--runs 15] [--sizes 200,25695,100000,1000000] [--only PART]

CATALOG are the real directories as imported (README). Parts: processes, compile, growth. Everything is timed
in turn (A B A B …) in one run, and what counts is the ratio; peak memory is that of the process. Nothing
passes or fails. Needs the extra `bench`. A million programs take some 4 GB and several minutes to compile.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from startup import MINIMAL, PLAIN

REQUEST = ["--need", "ptsd", "--near", "60610", "--payer", "medicaid", "--when", "weekdays after 5pm"]
HERE = Path(__file__).resolve().parent
PARTS = ("processes", "compile", "growth")
STUB = """opmatch: 1
programs:
  - {id: x, name: X, field: [mental-health], level: op}
"""


class Cost(NamedTuple):
    """Of one process: seconds by the wall clock and of the processor, and the most memory it had, in MB."""

    wall: float
    cpu: float
    memory: float


def run(command: Sequence[str]) -> Cost:
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, code, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(code)
    wall = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def in_turn(commands: Mapping[str, Sequence[str]], runs: int) -> dict[str, Cost]:
    """The median of each, after one run that doesn't count."""
    taken: dict[str, list[Cost]] = {name: [] for name in commands}
    for command in commands.values():
        run(command)
    for _ in range(runs):
        for name, command in commands.items():
            taken[name].append(run(command))
    return {
        name: Cost(*(statistics.median(column) for column in zip(*costs, strict=True)))
        for name, costs in taken.items()
    }


def table(costs: Mapping[str, Cost]) -> None:
    for name, cost in costs.items():
        print(f"  {name:34} {cost.wall * 1000:7.0f} ms {cost.cpu * 1000:7.0f} ms cpu {cost.memory:6.0f} MB")


def ratio(costs: Mapping[str, Cost], ours: str, theirs: str) -> None:
    a, b = costs[ours], costs[theirs]
    print(f"  {ours} / {theirs}: {a.wall / b.wall:.2f} by the clock, {a.cpu / b.cpu:.2f} of the processor")


def find(paths: Sequence[Path], *more: str) -> list[str]:
    named = [word for path in paths for word in ("-c", str(path))]
    return [sys.executable, "-m", "opmatch", "find", "--exit-zero", *named, *REQUEST, *more]


def processes(paths: Sequence[Path], folder: Path, runs: int) -> None:
    plain, rich = folder / "plain.py", folder / "rich_table.py"
    plain.write_text(PLAIN)
    rich.write_text(MINIMAL)
    apart(lambda: _flatten(paths, folder))
    costs = in_turn(
        {
            "minimal Typer": [sys.executable, str(plain)],
            "Typer and rich table": [sys.executable, str(rich)],
            "find, JSON": find(paths, "--format", "json"),
            "find, table": find(paths),
            "DuckDB script": [sys.executable, str(HERE / "ask_duckdb.py"), str(folder / "programs.duckdb")],
            "pandas script": [sys.executable, str(HERE / "ask_pandas.py"), str(folder / "programs.pickle")],
        },
        runs,
    )
    print(f"one question, whole processes, medians of {runs}")
    table(costs)
    ratio(costs, "find, JSON", "minimal Typer")
    ratio(costs, "find, table", "Typer and rich table")
    ratio(costs, "DuckDB script", "find, JSON")
    ratio(costs, "pandas script", "find, JSON")


def compile_(paths: Sequence[Path], runs: int) -> None:
    start = (
        "import sys; from pathlib import Path; from opmatch import api; p = [Path(a) for a in sys.argv[1:]]; "
    )
    programs = {
        "yaml.load, CSafeLoader": "import sys, yaml; "
        "[yaml.load(open(a, encoding='utf-8'), yaml.CSafeLoader) for a in sys.argv[1:]]",
        "opmatch reads and checks it": f"{start}api.read_catalog(p)",
        "and compiles and keeps it": f"{start}from opmatch.compiled.listing import clear; clear(); "
        "api.load_catalog(p)",
    }
    names = [str(path) for path in paths]
    costs = in_turn({name: [sys.executable, "-c", code, *names] for name, code in programs.items()}, runs)
    print(f"reading {sum(path.stat().st_size for path in paths) / 1e6:.0f} MB of YAML, medians of {runs}")
    table(costs)
    ratio(costs, "yaml.load, CSafeLoader", "opmatch reads and checks it")
    ratio(costs, "yaml.load, CSafeLoader", "and compiles and keeps it")


def growth(paths: Sequence[Path], folder: Path, sizes: Sequence[int], runs: int) -> None:
    from_file = folder / "fits"
    commands: dict[str, list[str]] = {}
    for size in sizes:
        stub = folder / f"grown-{size}.yaml"
        stub.write_text(STUB)
        long_ago = time.time() - 3600
        os.utime(stub, (long_ago, long_ago))
        start = time.perf_counter()
        apart(lambda size=size, stub=stub: _grow(paths, size, stub, from_file))
        print(f"  {size:,} programs compiled in {time.perf_counter() - start:.0f} s", flush=True)
        commands[f"{size:,}: {from_file.read_text()} fit"] = find([stub], "--format", "json")
    costs = in_turn(commands, runs)
    print(f"the same question of larger catalogs, JSON, medians of {runs}")
    table(costs)
    names = list(costs)
    for name in names[1:]:
        ratio(costs, name, names[0])


def _grow(paths: Sequence[Path], size: int, stub: Path, fits: Path) -> None:
    import datetime as dt

    from grow import grown, keep

    from opmatch import api
    from opmatch.intake.words import RequestWords

    keep(tuple(grown(tuple(api.load_catalog(paths).programs), size)), stub)
    words = RequestWords(needs=("ptsd",), near="60610", payers=("medicaid",), when=("weekdays after 5pm",))
    request, _ = api.understand(words, dt.date.today())
    ranking = api.rank(api.load_catalog([stub]), request)
    fits.write_text(f"{ranking.eligible + ranking.confirm:,}")


def _flatten(paths: Sequence[Path], folder: Path) -> None:
    import flat

    from opmatch import api

    flat.write(tuple(api.load_catalog(paths).programs), folder)


def apart(work: Callable[[], None]) -> None:
    """Do something in a process of its own: the most memory a child had counts its parent's, too."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    if os.waitpid(pid, 0)[1]:
        raise SystemExit("preparing failed")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("catalog", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--sizes", default="200,25695,100000,1000000")
    parser.add_argument("--only", choices=PARTS)
    options = parser.parse_args()
    # Compiled modules are written as they are by default: else each call would compile all of ours.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    paths = [path.resolve() for path in options.catalog]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ |= {"OPMATCH_CACHE_DIR": str(folder / "cache"), "NO_COLOR": "1"}
        parts = [options.only] if options.only else PARTS
        if "processes" in parts:
            processes(paths, folder, options.runs)
        if "growth" in parts:
            growth(paths, folder, [int(size) for size in options.sizes.split(",")], options.runs)
        if "compile" in parts:
            compile_(paths, max(1, options.runs // 5))


if __name__ == "__main__":
    main()
