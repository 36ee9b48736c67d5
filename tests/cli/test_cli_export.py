"""`opmatch catalog export` as people meet it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from cli_running import Run
from cli_running import run_fixture as run_fixture

from opmatch.formats.exporters import EXPORT_KINDS


@pytest.mark.parametrize("kind", EXPORT_KINDS)
def test_every_kind_is_written_for_its_owner_only(run: Run, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "out"
    done = run("catalog", "export", kind, "-o", str(out))
    assert (done.code, done.out) == (0, "")
    assert done.err.splitlines()[0] == f"wrote {out}: 136 programs of Sample catalog (fictional) as {kind}"
    assert "fictional: the programs are marked as such, their phone numbers left out" in done.err
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_what_cannot_be_done_is_said_in_a_line_with_its_exit_code(run: Run, tmp_path: Path) -> None:
    out, bad = str(tmp_path / "out"), tmp_path / "bad.yaml"
    bad.write_text("opmatch: 1\nprograms:\n  - id: x\n")
    for arguments, code, words in (
        (("sqlit", "-o", out), 2, "no export is called 'sqlit'; did you mean sqlite?"),
        (("hsds", "-o", str(tmp_path)), 2, "is a folder; name a file in it"),
        (("hsds", "-o", str(tmp_path / "no" / "out")), 2, "its folder doesn't exist"),
        (("hsds", "-o", str(bad), "-c", str(bad)), 2, "--out names the catalog to export"),
        (("hsds", "-o", out, "-c", str(bad)), 4, "bad.yaml"),
    ):
        done = run("catalog", "export", *arguments)
        assert (done.code, done.out) == (code, "")
        assert words in done.err
    assert list(tmp_path.iterdir()) == [bad]


def test_a_sheet_that_cannot_say_its_day_tells_how_to_import_it(run: Run, tmp_path: Path) -> None:
    sheet = str(tmp_path / "sheet.csv")
    assert "import it with --as-of 2026-11-01" in run("catalog", "export", "csv", "-o", sheet).err
    back = run("catalog", "import", sheet, "--as-of", "2026-11-01", "-o", str(tmp_path / "back.yaml"))
    assert back.code == 0
    assert "imported 136 of 136 records" in back.err
