"""How a run ends: bugs, interruptions, pipes and odd terminals."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cli_running import Run
from cli_running import run_fixture as run_fixture

from opmatch.cli.commands import COMMANDS, Entry


@pytest.fixture
def _with_a_broken_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(COMMANDS, "broken", Entry("cli_broken_command", "Breaks."))


def opmatch(
    *arguments: str, folder: Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """`python -m opmatch` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "opmatch", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, "OPMATCH_CONFIG_DIR": str(folder), "OPMATCH_CATALOG": "", **(environment or {})},
    )


@pytest.mark.usefixtures("_with_a_broken_command")
def test_a_bug_is_one_line_that_says_where_and_holds_no_value(run: Run) -> None:
    outcome = run("broken", "--client", "Jane Roe")
    assert (outcome.code, outcome.out) == (70, "")
    assert re.fullmatch(
        r"opmatch: a bug in opmatch \S+: KeyError in opmatch\.cli\.option_groups:\d+;"
        r" please report this line: it holds nothing you typed\n",
        outcome.err,
    )


@pytest.mark.usefixtures("_with_a_broken_command")
def test_an_interruption_ends_in_130(run: Run) -> None:
    outcome = run("broken", "--client", "interrupted")
    assert (outcome.code, outcome.out, outcome.err) == (130, "", "")


def test_the_module_runs_and_exits_with_the_code(tmp_path: Path) -> None:
    done = opmatch("crisis", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert opmatch("nonsense", folder=tmp_path).returncode == 2


def test_into_a_pipe_the_text_is_utf_8_whatever_the_system_says(tmp_path: Path) -> None:
    done = opmatch(
        "crisis", folder=tmp_path, environment={"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    )
    assert "En español" in done.stdout.decode("utf-8")


def test_an_encoding_somebody_asked_for_is_kept_and_never_stops_the_output(tmp_path: Path) -> None:
    done = opmatch("show", "lakeshore-trauma-iop", folder=tmp_path, environment={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert "En espa?ol" in done.stdout.decode("ascii")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f'("{sys.executable}" -m opmatch needs; echo "code $?" >&2) | true'],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "OPMATCH_CONFIG_DIR": str(tmp_path)},
    )
    assert done.stderr == "code 0\n"
