"""`opmatch catalog check`: read catalogs and report every problem and every doubt."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from opmatch.cli.catalog_options import CatalogOptions, choose, read
from opmatch.cli.counting import programs
from opmatch.cli.lazy import command
from opmatch.cli.nearest import did_you_mean
from opmatch.cli.output_options import parse_form
from opmatch.cli.progress import progress
from opmatch.cli.stdio import write_data, write_note, write_text
from opmatch.errors import EXIT_BAD_INPUT, EXIT_MATCHED, EXIT_NOTHING, InputError, UsageError

if TYPE_CHECKING:
    from opmatch.catalog.check import Finding
    from opmatch.model.program import Catalog


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Catalog files or folders; those in use unless given."),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar="DATE", help="The day ages are counted to; today: --as-of 2026-11-23."
        ),
    ] = None,
    format: Annotated[  # noqa: A002 (the option's own name)
        str | None,
        typer.Option(
            "--format", "-f", metavar="FORMAT", help="text, json, or github (annotations): --format json."
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", metavar="RULE", help="A rule not to use, as named: --ignore unverified."),
    ] = None,
    limit: Annotated[
        int,
        typer.Option(
            "--limit", "-k", metavar="N", min=0, help="Examples of a rule in text; 0 is all: --limit 20."
        ),
    ] = 5,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 when anything is doubtful.")] = False,
) -> int:
    """Read catalogs and report every problem, and what is doubtful though well formed.

    Rules and their numbers: docs/checks.md.

    Exit codes: 0 they can be used, 1 something is doubtful and --strict was given, 4 they can't be used.
    """
    from opmatch import api
    from opmatch.catalog.check import check as findings_of

    form = parse_form(format, ("text", "json", "github"))
    _refuse_unknown(ignore or ())
    chosen = paths or choose().paths
    try:
        catalog = read(chosen)
    except InputError as error:
        if form != "github":
            raise
        from opmatch.render import github

        write_note(github.render_problems(error.problems))  # GitHub reads both streams
        return EXIT_BAD_INPUT
    day = CatalogOptions(as_of=as_of).day(catalog)
    with progress("Checking programs") as report:
        findings = findings_of(
            catalog, api.load_vocabulary(), api.load_places(), day, tuple(ignore or ()), report
        )
    _tell(findings, catalog, form, limit)
    return EXIT_NOTHING if findings and strict else EXIT_MATCHED


def _refuse_unknown(rules: Sequence[str]) -> None:
    from opmatch.catalog.check import TITLES

    for rule in rules:
        if rule not in TITLES:
            raise UsageError(f"--ignore: no rule is called {rule!r}{did_you_mean(rule, TITLES)}")


def _tell(findings: Sequence[Finding], catalog: Catalog, form: str, limit: int) -> None:
    from opmatch.catalog.locate import located
    from opmatch.render import findings as told

    count_of = told.counts(findings)
    if form == "json":
        from opmatch.render import json

        answer = {
            "schema": json.SCHEMA,
            "catalogs": catalog.infos,
            "rules": count_of,
            "findings": located(findings, catalog),
        }
        write_data(json.render(answer))
    elif form == "github":
        from opmatch.render import github

        write_data(github.render_findings(located(findings, catalog)))
    else:
        few = located([one for found in told.examples(findings, limit).values() for one in found], catalog)
        text = told.render(told.examples(few, 0), count_of, programs(len(catalog.programs)))
        write_text(text)


COMMAND = command(check, name="check", example="opmatch catalog check programs.yaml")
