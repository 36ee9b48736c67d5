"""A batch of any length needs the same memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from test_cli_batch import CATALOG

MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=False, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
MEGABYTE = 1024 if sys.platform == "linux" else 1024**2  # in units of ru_maxrss


def peak(folder: Path, count: int) -> float:
    """The most megabytes that any of its processes held."""
    requests, catalog = folder / f"{count}.jsonl", folder / "c.yaml"
    catalog.write_text(CATALOG, encoding="utf-8")
    with requests.open("w", encoding="utf-8") as file:
        for number in range(count):
            age = str(18 + number % 60)
            asked = {
                "ref": f"r{number}",
                "needs": ["ptsd"],
                "near": "60610",
                "age": age,
                "payers": ["medicaid"],
            }
            file.write(json.dumps(asked) + "\n")
    out, calls = folder / f"{count}.out", folder / f"{count}.md"
    batch = ["batch", requests, "-c", catalog, "-o", out, "--calls", calls, "-j2", "--as-of", "2026-11-23"]
    command = [sys.executable, "-c", MEASURED, sys.executable, "-m", "opmatch", *map(str, batch)]
    environment = {**os.environ, "OPMATCH_CONFIG_DIR": str(folder / "configuration")}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    with out.open("rb") as file_of_answers:
        assert sum(1 for _line in file_of_answers) == count
    return int(done.stdout) / MEGABYTE


@pytest.mark.long
@pytest.mark.skipif(os.name != "posix", reason="needs getrusage")
def test_thirty_thousand_requests_need_no_more_memory_than_two_thousand(tmp_path: Path) -> None:
    few, many = peak(tmp_path, 2_000), peak(tmp_path, 30_000)
    assert many < 1.3 * few
    assert many < 150
