"""Every command, with the module that holds it: reading this file tells you what runs.

A command's module is imported only when the command is called; the help line here is all that
`opmatch --help` needs.
"""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """A command: the module that holds its `COMMAND`, and a line of help."""

    module: str
    help: str


COMMANDS: dict[str, Entry] = {
    "find": Entry("opmatch.cli.find", "Rank programs for one request, and say why."),
    "explain": Entry("opmatch.cli.explain", "Every condition and every point of one program for a request."),
    "show": Entry("opmatch.cli.show", "One program's facts, with their age and source."),
    "compare": Entry("opmatch.cli.compare", "Several programs side by side."),
    "batch": Entry("opmatch.cli.batch", "Answer many requests: a sheet or JSON Lines in, answers out."),
    "assign": Entry("opmatch.cli.assign", "Place many people in limited seats, the best way overall."),
    "needs": Entry("opmatch.cli.needs", "How words, phrases and ICD-10-CM codes are understood."),
    "catalog": Entry("opmatch.cli.catalog", "Check, import and choose the programs to search."),
    "crisis": Entry("opmatch.cli.crisis", "Crisis lines, always, instantly."),
}

CATALOG_COMMANDS: dict[str, Entry] = {
    "check": Entry("opmatch.cli.catalog_check", "Read catalogs and report every problem found."),
    "stats": Entry("opmatch.cli.catalog_stats", "What a catalog covers, and how much of it isn't known."),
    "gaps": Entry("opmatch.cli.catalog_gaps", "Which needs, payers and levels are served where."),
    "stale": Entry("opmatch.cli.catalog_stale", "What to verify first, as a list or a call sheet."),
    "diff": Entry("opmatch.cli.catalog_diff", "What has changed between two catalogs."),
    "correct": Entry(
        "opmatch.cli.catalog_correct", "Keep what was found to be so, over what a catalog says."
    ),
    "import": Entry("opmatch.cli.catalog_import", "Turn published directories or a sheet into a catalog."),
    "export": Entry("opmatch.cli.catalog_export", "Write a catalog in the formats that partners read."),
    "template": Entry("opmatch.cli.catalog_template", "Write an empty sheet of programs to fill in."),
    "cache": Entry("opmatch.cli.catalog_cache", "What is kept of catalogs to search them faster."),
    "use": Entry("opmatch.cli.catalog_use", "Choose the catalogs to search when none is named."),
    "schema": Entry("opmatch.cli.catalog_schema", "Print the JSON Schema of a catalog, for editors."),
}
