"""Writes docs/checks.md from the rules of `catalog check`; with --check, only says whether it is current."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from opmatch import shipped
from opmatch.catalog.check import TITLES

FILE = Path(__file__).resolve().parents[1] / "docs" / "checks.md"
HEAD = """\
# What `opmatch catalog check` looks for

Written by `python tools/write_checks_docs.py`; the tests see to it that it is current.

A catalog that isn't as the [format](catalog.schema.json) has it is refused with exit code 4, and every
problem is named with file, line, program and key. What is well formed may still be doubtful. Each rule below
has an id that findings carry and that `--ignore` takes. Findings change no ranking; `--strict` makes them
exit 1.

Text tells each rule once, with how often and five examples (`--limit`). `--format json` has every finding.
`--format github` prints workflow commands, which GitHub shows beside the lines (ten of a kind a step);
what makes a catalog unusable goes to standard error in the same form, since standard output stays empty
whenever the exit code is 4.

## Rules
"""
NUMBERS = """
## Numbers the rules use

They stand in `src/opmatch/catalog/check.yaml`, each with where it comes from.
"""


def document() -> str:
    """The whole page."""
    limits: dict[str, Any] = shipped.yaml_document("catalog/check.yaml")
    lines = [HEAD, "| rule | finds |", "|---|---|"]
    lines += [f"| `{rule}` | {title[0].lower()}{title[1:]} |" for rule, title in TITLES.items()]
    lines += [NUMBERS, "| name | value | source |", "|---|---|---|"]
    lines += [row for name, value in limits.items() for row in _rows(name, value, value.get("source", ""))]
    return "\n".join(lines) + "\n"


def _rows(name: str, value: dict[str, Any], source: str) -> list[str]:
    rows = []
    for key, item in value.items():
        if isinstance(item, dict):
            rows += _rows(f"{name}, {key}", item, item.get("source", source))
        elif key != "source":
            said = " to ".join(map(str, item)) if isinstance(item, list) else str(item)
            rows.append(f"| {name}, {key} | {said} | {source} |")
    return rows


if __name__ == "__main__":
    text = document()
    if "--check" not in sys.argv:
        FILE.write_text(text, encoding="utf-8", newline="\n")
    elif not FILE.exists() or FILE.read_text(encoding="utf-8") != text:
        sys.exit(f"{FILE.name} is out of date; run: python tools/write_checks_docs.py")
