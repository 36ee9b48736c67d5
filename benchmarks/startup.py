"""How long `opmatch find` takes beside a minimal Typer command with a rich table, in the same environment.

    python benchmarks/startup.py [--runs 15] [-- FIND OPTIONS]

Both are timed as whole processes, in turn (A B A B …), so that a drifting machine slows both; what counts
is the ratio. Nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import os
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
REQUEST = ["--need", "ptsd", "--near", "60610", "--payer", "medicaid", "--when", "weekdays after 5pm"]


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "NO_COLOR": "1"})
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
        find = [sys.executable, "-m", "opmatch", "find", "--exit-zero", *options.request]
        commands = {
            "minimal Typer": [sys.executable, str(plain)],
            "Typer and rich table": [sys.executable, str(rich)],
            "find, JSON": [*find, "--format", "json"],
            "find, table": find,
        }
        for command in commands.values():
            seconds(command)
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(options.runs):
            for name, command in commands.items():
                times[name].append(seconds(command))
    median = {name: statistics.median(taken) for name, taken in times.items()}
    for name, taken in times.items():
        least = min(taken) * 1000
        print(f"{name:22} {median[name] * 1000:6.0f} ms median of {len(taken)} ({least:.0f} least)")
    for ours, theirs in (("find, JSON", "minimal Typer"), ("find, table", "Typer and rich table")):
        print(f"{ours:11} / {theirs:20} {median[ours] / median[theirs]:6.2f}")


if __name__ == "__main__":
    main()
