"""What a command loads: no library that its answer doesn't need, and no other command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

_PROGRAM = """
import json, sys
from opmatch.cli.entry import main
code = main(sys.argv[1:])
sys.stdout.flush()
print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""
_NEVER = ("click", "pydantic", "numpy", "socket", "ssl", "http.client", "asyncio", "unittest", "jinja2")


def loaded(*arguments: str, folder: Path) -> set[str]:
    """The modules in memory after `opmatch ARGUMENTS…`, which must succeed."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *arguments],
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "OPMATCH_CONFIG_DIR": str(folder), "OPMATCH_CATALOG": ""},
    )
    code, modules = json.loads(done.stderr.splitlines()[-1])
    assert code == 0, done.stderr
    return set(modules)


def commands(modules: set[str]) -> set[str]:
    """The command modules among them."""
    from opmatch.cli.commands import CATALOG_COMMANDS, COMMANDS

    known = {entry.module for entry in (*COMMANDS.values(), *CATALOG_COMMANDS.values())}
    return known & modules


@pytest.mark.parametrize(
    ("arguments", "command", "absent"),
    [
        (["--help"], None, {"rich", "yaml", "rapidfuzz", "msgspec.json", "opmatch.api"}),
        (
            ["crisis"],
            "opmatch.cli.crisis",
            {"rich", "rapidfuzz", "platformdirs", "zoneinfo", "python_calamine", "opmatch.catalog"},
        ),
        (
            ["find", "--format", "json"],
            "opmatch.cli.find",
            {"rich", "python_calamine", "platformdirs", "opmatch.formats", "opmatch.render.table", "csv"},
        ),
        (
            ["find", "--format", "table"],
            "opmatch.cli.find",
            {"python_calamine", "rich.progress", "rich.markdown", "opmatch.formats"},
        ),
    ],
)
def test_a_command_loads_only_what_its_answer_needs(
    arguments: list[str], command: str | None, absent: set[str], tmp_path: Path
) -> None:
    modules = loaded(*arguments, folder=tmp_path)
    assert commands(modules) == ({command} if command else set())
    assert modules & (absent | set(_NEVER)) == set()
