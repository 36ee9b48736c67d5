"""Bad usage: one clear line on stderr, nothing on stdout, exit 2."""

from __future__ import annotations

import pytest
from cli_running import Run
from cli_running import run_fixture as run_fixture

from opmatch.cli.commands import CATALOG_COMMANDS, COMMANDS


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["fnd"], "opmatch: no such command: opmatch fnd; did you mean find?; see opmatch --help"),
        (
            ["catalog", "chek"],
            "opmatch: no such command: opmatch catalog chek; did you mean check?; see opmatch catalog --help",
        ),
        (["zzzzzz"], "opmatch: no such command: opmatch zzzzzz; see opmatch --help"),
        (["--bogus"], "opmatch: no such option: --bogus; see opmatch --help"),
        (
            ["find", "--lim", "3"],
            "opmatch: no such option: --lim (Possible options: --limit); see opmatch find --help",
        ),
        (
            ["find", "--limit", "x"],
            (
                "opmatch: invalid value for '--limit' / '-k': 'x' is not a valid int range;"
                " see opmatch find --help"
            ),
        ),
        (["explain"], "opmatch: missing argument 'PROGRAM'; see opmatch explain --help"),
        (
            ["find", "--format", "jsn"],
            "opmatch: --format 'jsn' is none of table, json, jsonl, csv, markdown; did you mean json?",
        ),
        (["show", "x", "--as-of", "soon"], "opmatch: --as-of 'soon' is no date; write it as 2026-11-23"),
        (["needs", " "], "opmatch: there is nothing to understand; give a word, a phrase or a code"),
        (["catalog", "use", "a.yaml", "--sample"], "opmatch: give PATH or --sample, not both"),
    ],
)
def test_bad_usage_is_one_line_on_stderr(run: Run, arguments: list[str], line: str) -> None:
    outcome = run(*arguments)
    assert (outcome.code, outcome.out, outcome.err) == (2, "", line + "\n")


def test_help_names_every_command(run: Run) -> None:
    outcome = run("--help")
    assert outcome.code == 0
    assert all(f"  {name} " in outcome.out for name in COMMANDS)
    assert outcome.err == ""


def test_nothing_asked_is_answered_with_help(run: Run) -> None:
    assert run() == run("--help")
    assert run("catalog") == run("catalog", "--help")
    assert all(f"  {name} " in run("catalog").out for name in CATALOG_COMMANDS)


def test_the_version_is_printed(run: Run) -> None:
    assert run("--version").out.startswith("opmatch ")


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "catalog"])
def test_the_help_of_a_command_ends_with_an_example(run: Run, name: str) -> None:
    assert run(name, "--help").out.rstrip().splitlines()[-2:][0].strip() == "Example:"
    assert run(name, "--help").out.rstrip().splitlines()[-1].strip().startswith(f"opmatch {name}")


def test_every_listed_command_can_be_called(run: Run) -> None:
    for name in COMMANDS:
        assert run(name, "--help").code == 0
    for name in CATALOG_COMMANDS:
        assert run("catalog", name, "--help").code == 0
