"""The options of `opmatch batch`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

import typer
from msgspec import Struct

from opmatch.cli.output_options import parse_form
from opmatch.errors import UsageError


class BatchOptions(Struct, frozen=True, kw_only=True):
    """Which requests, which answers, where they go, and what work may cost."""

    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE|-",
            help="The requests, CSV, XLSX or JSON Lines, told by content; - is standard input.",
            show_default=False,
        ),
    ] = None
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            help="Write the answers to a file that only you can read; until all are there it is called"
            " FILE.partial: --out answers.jsonl.",
        ),
    ] = None
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="jsonl (a line a request) or csv (a row a request and match); jsonl, unless --out ends in"
            " .csv: --format csv.",
        ),
    ] = None
    limit: Annotated[
        int, typer.Option("--limit", "-k", metavar="N", min=0, help="Places per level and tier: --limit 5.")
    ] = 3
    with_request: Annotated[
        bool,
        typer.Option(
            "--with-request",
            help="Write the requests into the answers too, with the reasons and questions that quote them.",
        ),
    ] = False
    calls: Annotated[
        Path | None,
        typer.Option(
            "--calls",
            metavar="FILE",
            help="Write one list of calls for the whole batch, Markdown: each number once, with everybody's"
            " questions: --calls calls.md.",
        ),
    ] = None
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", metavar="N", min=1, help="Processes; one a core unless said: --jobs 2."),
    ] = None
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            metavar="ADDRESS",
            help="Have the workers of a Dask scheduler do it, instead of processes of this machine:"
            " --cluster tcp://scheduler:8786.",
        ),
    ] = None
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with --out where an interrupted run left it.")
    ] = False
    strict: Annotated[
        bool, typer.Option("--strict", help="Stop at the first row that can't be understood.")
    ] = False
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit 0, not 1, where a request has no match.")
    ] = False
    template: Annotated[
        bool, typer.Option("--template", help="Write an empty sheet of requests, with help for each column.")
    ] = False

    def source(self) -> str:
        """Where the requests are. Raises UsageError for options that don't go together."""
        if self.file is None:
            raise UsageError("name a file of requests, or - for standard input; see opmatch batch --help")
        if self.resume and self.out is None:
            raise UsageError("--resume goes on with a file; name it with --out")
        if self.cluster is not None and self.jobs is not None:
            raise UsageError("--jobs counts processes of this machine, and --cluster has none; leave out one")
        named = [("the requests", None if self.file == "-" else Path(self.file))]
        named += [("--out", self.out), ("--calls", self.calls)]
        seen: dict[str, str] = {}
        for name, path in named:
            where = "" if path is None else os.path.realpath(path)
            if where and where in seen:
                raise UsageError(f"{seen[where]} and {name} are the same file, {path}")
            seen[where] = name
        return self.file

    def form(self) -> Literal["jsonl", "csv"]:
        """The form of the answers. Raises UsageError for another."""
        if self.format is None and self.out is not None and self.out.suffix.lower() == ".csv":
            return "csv"
        return "csv" if parse_form(self.format, ("jsonl", "csv")) == "csv" else "jsonl"

    def processes(self, chunks: int) -> int:
        """How many processes work on so many chunks."""
        wanted = self.jobs or _cores()
        return max(1, min(wanted, chunks))


def _cores() -> int:
    """The cores this process may use, where the system tells."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
