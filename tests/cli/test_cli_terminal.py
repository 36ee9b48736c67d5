"""What is drawn where: colour, width, signs, and a progress bar only for people."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from opmatch.cli.progress import PATIENCE_SECONDS, progress
from opmatch.cli.stdio import is_terminal, terminal, write_note
from opmatch.render.layout import Layout


class Screen(io.StringIO):
    """A terminal that keeps what is drawn on it."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class OldScreen(Screen):
    """A terminal that can't show more than its code page."""

    encoding = "cp437"


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    return monkeypatch


def test_a_terminal_is_drawn_on_in_colour_and_as_wide_as_it_is(environment: pytest.MonkeyPatch) -> None:
    environment.setattr(sys, "stdout", Screen())
    environment.setenv("COLUMNS", "100")
    assert terminal() == Layout(width=100, color=True, ascii=False)
    environment.setenv("COLUMNS", "400")
    assert terminal().width == 140
    environment.setenv("COLUMNS", "20")
    assert terminal().width == 60


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colour_is_left_out_where_the_environment_says_so(
    environment: pytest.MonkeyPatch, name: str, value: str
) -> None:
    environment.setattr(sys, "stdout", Screen())
    environment.setenv(name, value)
    assert not terminal().color


def test_colour_is_left_out_when_asked_and_in_files(environment: pytest.MonkeyPatch) -> None:
    environment.setattr(sys, "stdout", Screen())
    environment.setenv("COLUMNS", "100")
    assert not terminal(color=False).color
    assert terminal(to_file=True) == Layout(width=80, color=False, ascii=False)


def test_an_old_terminal_gets_ascii_signs_and_a_file_does_not(environment: pytest.MonkeyPatch) -> None:
    environment.setattr(sys, "stdout", OldScreen())
    assert terminal().ascii
    assert not terminal(to_file=True).ascii


def test_a_closed_stream_is_no_terminal() -> None:
    stream = io.StringIO()
    stream.close()
    assert not is_terminal(stream)


def test_notes_are_harmless(environment: pytest.MonkeyPatch) -> None:
    screen = Screen()
    environment.setattr(sys, "stderr", screen)
    write_note("a\x1b[31mb\x07\nc")
    assert screen.getvalue() == "ab\nc\n"


def test_progress_is_drawn_for_people_who_have_to_wait(environment: pytest.MonkeyPatch) -> None:
    screen = Screen()
    environment.setattr(sys, "stderr", screen)
    with progress("Reading") as report:
        assert report is not None
        report(1, 100)
        report(100, 100)
        assert screen.getvalue() == ""
        time.sleep(PATIENCE_SECONDS)
        report(50, 100)
        report(60, 100)
    assert "Reading" in screen.getvalue()


def test_progress_is_not_drawn_into_a_pipe(environment: pytest.MonkeyPatch) -> None:
    environment.setattr(sys, "stderr", io.StringIO())
    with progress("Reading") as report:
        assert report is None


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [["crisis"], ["catalog", "schema"]])
def test_a_full_disk_is_one_clear_line(arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "opmatch", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env=dict(os.environ),
        )
    first = done.stderr.splitlines()[0]
    assert first == "opmatch: standard output can't be written: No space left on device"
