"""How long `opmatch find` takes beside a minimal Typer command with a rich table, in the same environment.

    python benchmarks/startup.py [--runs 15] [-- FIND OPTIONS]

Both are timed as whole processes, in turn (A B A B …), so that a drifting machine slows both; what counts
is the ratio. Nothing here passes or fails. What opmatch keeps goes into a folder of the run's own, filled
before anything is timed; the last row is a call that keeps nothing.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MINIMAL = """
import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)

@app.command()
def main(name: str = "table") -> None:
    table = Table("name", "value")
    for row in range(10):
        table.add_row(name, str(row))
    Console().print(table)

app()
"""
PLAIN = """
import typer

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)

@app.command()
def main(name: str = "plain") -> None:
    typer.echo(name)

app()
"""
UNKEPT = "find, nothing kept"
REQUEST = ["--need", "ptsd", "--near", "60610", "--payer", "medicaid", "--when", "weekdays after 5pm"]


def seconds(command: list[str], cache: str) -> float:
    # Compiled modules are written as they are by default: else each call would compile all of ours.
    unset = ("PYTHONDONTWRITEBYTECODE", "PYTHONPROFILEIMPORTTIME")
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    start = time.perf_counter()
    subprocess.run(
        command,
        check=True,
        capture_output=True,
        env={**environment, "NO_COLOR": "1", "OPMATCH_CACHE_DIR": cache},
    )
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("request", nargs="*", default=REQUEST, help="options of find, after --")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rich, plain = Path(folder, "rich_table.py"), Path(folder, "plain.py")
        rich.write_text(MINIMAL)
        plain.write_text(PLAIN)
        # As a person calls it; `python -m` takes some milliseconds more to find the module.
        installed = shutil.which("opmatch", path=str(Path(sys.executable).parent))
        opmatch = [installed] if installed else [sys.executable, "-m", "opmatch"]
        find = [*opmatch, "find", "--exit-zero", *options.request]
        commands = {
            "minimal Typer": [sys.executable, str(plain)],
            "Typer and rich table": [sys.executable, str(rich)],
            "find, JSON": [*find, "--format", "json"],
            "find, table": find,
            UNKEPT: [*find, "--format", "json"],
        }
        caches = {name: "off" if name == UNKEPT else str(Path(folder, "cache")) for name in commands}
        for name, command in commands.items():
            seconds(command, caches[name])
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(options.runs):
            for name, command in commands.items():
                times[name].append(seconds(command, caches[name]))
    median = {name: statistics.median(taken) for name, taken in times.items()}
    for name, taken in times.items():
        least = min(taken) * 1000
        print(f"{name:22} {median[name] * 1000:6.0f} ms median of {len(taken)} ({least:.0f} least)")
    pairs = (
        ("find, JSON", "minimal Typer"),
        ("find, table", "Typer and rich table"),
        (UNKEPT, "minimal Typer"),
    )
    for ours, theirs in pairs:
        print(f"{ours:20} / {theirs:20} {median[ours] / median[theirs]:6.2f}")


if __name__ == "__main__":
    main()
