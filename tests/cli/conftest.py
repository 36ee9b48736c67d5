"""The command line run in this process, away from the user's own configuration."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_running import Outcome, Run

from opmatch.cli.entry import main


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs `opmatch` with the given arguments."""
    for name in ("OPMATCH_CATALOG", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OPMATCH_CONFIG_DIR", str(tmp_path / "configuration"))

    def run_(*arguments: object) -> Outcome:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return Outcome(code, *capsys.readouterr())

    return run_
