"""`opmatch catalog cache`: what is kept, whether it is current, and away with it."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from cli_running import Run
from cli_running import run_fixture as run_fixture

CATALOG = """\
opmatch: 1
programs:
  - {id: harbor-day, name: Harbor Day Services, field: [mental-health], level: iop, delivery: in-person}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder of this test."""
    monkeypatch.setenv("OPMATCH_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    file = tmp_path / "county.yaml"
    file.write_text(CATALOG, encoding="utf-8")
    ago = time.time() - 60
    os.utime(file, (ago, ago))
    return file


def test_what_is_kept_is_shown_with_whether_it_is_current(run: Run, folder: Path, catalog: Path) -> None:
    assert run("catalog", "cache").out == f"{folder}\n"
    assert run("find", "-c", catalog, "--exit-zero").code == 0
    outcome = run("catalog", "cache")
    assert (outcome.code, outcome.err) == (0, "")
    first, line = outcome.out.splitlines()
    assert first == str(folder)
    assert line.startswith(f"  {catalog}: 1 program, ")
    assert line.endswith(", current")
    catalog.write_text(CATALOG.replace("Harbor", "Haven"), encoding="utf-8")
    assert "changed since" in run("catalog", "cache").out
    (one,) = json.loads(run("catalog", "cache", "--format", "json").out)["catalogs"]
    assert (one["catalogs"], one["programs"], one["current"]) == ([str(catalog)], 1, False)


def test_a_damaged_file_is_told_as_such(run: Run, folder: Path, catalog: Path) -> None:
    run("find", "-c", catalog, "--exit-zero")
    (file,) = (folder / "catalogs").iterdir()
    file.write_bytes(b"SQLite format 3\0" + b"?" * 1000)
    assert f"can't be read and will be made again: {file}" in run("catalog", "cache").out


def test_clearing_leaves_no_catalog_and_touches_nothing_else(run: Run, folder: Path, catalog: Path) -> None:
    run("find", "-c", catalog, "--exit-zero")
    (folder / "catalogs" / "mine.txt").write_text("keep me")
    outcome = run("catalog", "cache", "--clear")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err.endswith(f" removed from {folder}\n")
    assert [file.name for file in (folder / "catalogs").iterdir()] == ["mine.txt"]
    assert run("find", "-c", catalog, "--exit-zero").code == 0


def test_where_nothing_is_kept_that_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPMATCH_CACHE_DIR", "off")
    assert run("catalog", "cache").out == "nothing is kept: OPMATCH_CACHE_DIR is off\n"
    assert run("catalog", "cache", "--clear").code == 0
