"""Writes docs/cli.md from the help texts; with --check, only says whether it is current."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from opmatch.cli.commands import CATALOG_COMMANDS, COMMANDS
from opmatch.cli.entry import main

FILE = Path(__file__).resolve().parents[1] / "docs" / "cli.md"
HEAD = """\
# Command line reference

Written from the help texts by `python tools/write_cli_docs.py`; the tests see to it that it is current.

## Exit codes

| code | means |
|---|---|
| 0 | something fits, or fits if confirmed (`explain`, `show` and `compare`: always) |
| 1 | nothing does; `--exit-zero` makes it 0 |
| 2 | usage: a bad value in an option, an unknown program id, an output that can't be written |
| 3 | safety stop: no programs are ranked, the text says what comes first |
| 4 | a catalog or request file can't be read or is invalid |
| 70 | a bug in opmatch; the line on stderr says where and holds nothing that was typed |
| 130 | interrupted |

`batch`: 3 where a row was stopped for safety, else 4 where one was invalid, else 1 where one has no match.

Standard output is data, and empty on 2, 4 and 70; standard error is for people.

## Environment

| variable | means |
|---|---|
| `OPMATCH_CATALOG` | catalogs to search when no `--catalog` is given, separated as in `PATH` |
| `OPMATCH_CONFIG_DIR` | where `opmatch catalog use` keeps its choice, instead of the user's own folder |
| `OPMATCH_CACHE_DIR` | where what can be made again is kept, not the user's own folder; `off` is nowhere |
| `OPMATCH_CORRECTIONS` | the file of corrections that is always applied, instead of the user's own |
| `NO_COLOR` | no colour |
| `COLUMNS` | how wide tables are; 80 into a pipe unless said |
"""


def calls() -> Iterator[tuple[str, ...]]:
    """Every command, groups before their members."""
    yield ()
    for name in COMMANDS:
        yield (name,)
        if name == "catalog":
            for member in CATALOG_COMMANDS:
                yield (name, member)


def document() -> str:
    """The whole reference."""
    parts = [HEAD]
    for call in calls():
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            main([*call, "--help"])
        lines = "\n".join(line.rstrip() for line in out.getvalue().strip().splitlines())
        parts.append(f"## {' '.join(('opmatch', *call))}\n\n```text\n{lines}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    os.environ["COLUMNS"] = "82"  # help is two columns narrower than the terminal
    text = document()
    if "--check" not in sys.argv:
        FILE.write_text(text, encoding="utf-8", newline="\n")
    elif not FILE.exists() or FILE.read_text(encoding="utf-8") != text:
        sys.exit(f"{FILE.name} is out of date; run: python tools/write_cli_docs.py")
