"""The README shows what the program really prints, and its commands exist."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[1]
README = TOP / "README.md"
EXAMPLE = re.compile(r"<!-- example: (?P<args>.+?) -->\n```\n(?P<output>.*?)```\n", re.DOTALL)


def printed(arguments: str) -> str:
    """What opmatch prints for `arguments`: 80 columns, no colour, the sample catalog."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("OPMATCH_")}
    plain = {"NO_COLOR": "1", "COLUMNS": "80", "PYTHONUTF8": "1"}
    environment = {**kept, **plain, "XDG_CONFIG_HOME": os.devnull, "OPMATCH_CACHE_DIR": "off"}
    command = [sys.executable, "-m", "opmatch", *shlex.split(arguments)]
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", env=environment, cwd=TOP, check=True
    )
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def test_readme_shows_what_is_printed() -> None:
    text = README.read_text(encoding="utf-8")
    found = EXAMPLE.search(text)
    assert found, "the README has an example"
    output = printed(found["args"])
    if os.environ.get("OPMATCH_WRITE_DOCS"):
        start, end = found.span("output")
        README.write_text(text[:start] + output + text[end:], encoding="utf-8")
        return
    assert found["output"] == output, "regenerate with OPMATCH_WRITE_DOCS=1 pytest tests/test_readme.py -n0"


@pytest.mark.parametrize("needle", ["opmatch find", "pytest"])
def test_setup_lines_are_single_copy_paste_lines(needle: str) -> None:
    lines = [
        line for line in README.read_text(encoding="utf-8").splitlines() if line.startswith("python3 -m venv")
    ]
    assert [line for line in lines if needle in line], needle


def test_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (TOP / link).exists()]
    assert not missing
