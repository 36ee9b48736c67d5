"""A batch that is cut off, however, goes on to the same bytes; where it can't, it says so."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from cli_running import Outcome, Run
from cli_running import run_fixture as run_fixture

from batch_requests import a_small_catalog, as_json_lines, some_requests

REQUESTS = as_json_lines(some_requests(64, seed=7))
posix = pytest.mark.skipif(os.name != "posix", reason="needs signals")


Whole = dict[str, tuple[bytes, bytes, bytes]]


class Cut(NamedTuple):
    """A folder with a run that was cut off, and the files it left."""

    folder: Path
    arguments: tuple[str, ...]
    out: Path

    def again(self, run: Run, *more: str) -> Outcome:
        return run(*self.arguments, "--resume", *more)


def started(arguments: tuple[str, ...], folder: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "OPMATCH_CONFIG_DIR": str(folder / "configuration")}
    command = [sys.executable, "-m", "opmatch", *arguments]
    return subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background ignores it
    )


def wait_for(part: Path, size: int, process: subprocess.Popen[bytes]) -> None:
    """Until the part has so many bytes, or the run is through."""
    while process.poll() is None:
        with contextlib.suppress(FileNotFoundError):
            if part.stat().st_size >= size:
                return
        time.sleep(0.01)


def cut_off(folder: Path, catalog: Path, form: str, *more: str, with_signal: int = 0, size: int = 1) -> Cut:
    requests, out = folder / "r.jsonl", folder / f"o.{form}"
    requests.write_bytes(REQUESTS)
    calls = ("--calls", str(folder / "calls.md"))
    arguments = (
        "batch",
        str(requests),
        "-c",
        str(catalog),
        "-o",
        str(out),
        *calls,
        "--as-of",
        "2026-11-23",
        *more,
    )
    process = started(arguments, folder)
    wait_for(out.with_name(f"{out.name}.partial"), size, process)
    process.send_signal(with_signal or signal.SIGKILL)
    process.communicate()
    assert not out.exists(), "it was cut off too late to test anything"
    return Cut(folder, arguments, out)


@pytest.fixture(name="catalog", scope="module")
def catalog_fixture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_small_catalog(tmp_path_factory.mktemp("catalog"))


@pytest.fixture(name="whole", scope="module")
def whole_fixture(tmp_path_factory: pytest.TempPathFactory, catalog: Path) -> Whole:
    """For each form, answers, calls and stderr of a run that nobody disturbed."""
    found = {}
    for form in ("jsonl", "csv"):
        folder = tmp_path_factory.mktemp("whole")
        requests, out, calls = folder / "r.jsonl", folder / f"o.{form}", folder / "calls.md"
        requests.write_bytes(REQUESTS)
        arguments = ("batch", str(requests), "-c", str(catalog), "-o", str(out), "--calls", str(calls))
        process = started((*arguments, "--as-of", "2026-11-23"), folder)
        _, said = process.communicate()
        found[form] = (out.read_bytes(), calls.read_bytes(), said.replace(str(folder).encode(), b"."))
    return found


@posix
@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_part_cut_off_anywhere_goes_on_to_the_same_bytes(
    run: Run, catalog: Path, tmp_path: Path, whole: Whole, form: str
) -> None:
    left = tmp_path / "left"
    left.mkdir()
    cut = cut_off(left, catalog, form, "-j1", size=len(whole[form][0]) // 3)
    part = (left / f"o.{form}.partial").read_bytes()
    assert whole[form][0].startswith(part[: part.rindex(b"\n") + 1]), "what is written is never taken back"
    random = Random(form)
    ends = [0, 1, len(part), *(random.randrange(len(part)) for _ in range(2))]
    ends.append(part.index(b"\n", len(part) // 2) + 1)
    for number, end in enumerate(ends):
        again = tmp_path / str(number)
        shutil.copytree(left, again)
        (again / f"o.{form}.partial").write_bytes(part[:end])
        moved = Cut(
            again, tuple(one.replace(str(left), str(again)) for one in cut.arguments), again / f"o.{form}"
        )
        outcome = moved.again(run)
        said = outcome.err.replace(str(again), ".").encode()
        assert (moved.out.read_bytes(), (again / "calls.md").read_bytes(), said) == whole[form]
        assert sorted(path.name for path in again.iterdir()) == ["calls.md", f"o.{form}", "r.jsonl"]


@posix
@pytest.mark.long
@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_killed_again_and_again_it_ends_in_the_same_bytes(
    catalog: Path, tmp_path: Path, whole: Whole, form: str
) -> None:
    cut = cut_off(tmp_path, catalog, form, "-j2")
    part = cut.out.with_name(f"{cut.out.name}.partial")
    random, step = Random(form), len(whole[form][0]) // 2
    while part.exists():  # killed by what it has done, not by the clock, it gets somewhere on any machine
        process = started((*cut.arguments, "--resume"), tmp_path)
        wait_for(part, part.stat().st_size + random.randrange(1, step), process)
        process.kill()
        process.communicate()
    assert (cut.out.read_bytes(), (tmp_path / "calls.md").read_bytes()) == whole[form][:2]


@posix
@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
def test_interrupted_it_keeps_what_was_done_and_says_how_to_go_on(
    run: Run, catalog: Path, tmp_path: Path, whole: Whole, jobs: str
) -> None:
    requests, out = tmp_path / "r.jsonl", tmp_path / "o.jsonl"
    requests.write_bytes(REQUESTS)
    arguments = ("batch", str(requests), "-c", str(catalog), "-o", str(out), "--as-of", "2026-11-23", jobs)
    process = started(arguments, tmp_path)
    part = tmp_path / "o.jsonl.partial"
    wait_for(part, 1, process)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert f"kept in {part}; go on with --resume" in said.decode()
    assert b"Traceback" not in said
    assert run(*arguments).code == 2, "a part isn't overwritten"
    assert "continue it with --resume, or delete it" in run(*arguments).err
    run(*arguments, "--resume")
    assert out.read_bytes() == whole["jsonl"][0]


@posix
def test_what_has_changed_meanwhile_is_told_and_nothing_done(run: Run, catalog: Path, tmp_path: Path) -> None:
    cut = cut_off(tmp_path, catalog, "jsonl", "-j1")
    part = tmp_path / "o.jsonl.partial"
    before = part.read_bytes()
    options = ("--limit", "5", "--with-request", "--as-of", "2026-11-24", "--format", "csv")
    outcome = cut.again(run, *options)
    assert outcome.code == 2
    for said in (
        "--limit is another",
        "--with-request is not",
        "--as-of is another day",
        "--format is another",
    ):
        assert said in outcome.err
    (tmp_path / "r.jsonl").write_bytes(REQUESTS + b"{}\n")
    assert "the requests have changed" in cut.again(run).err
    (tmp_path / "r.jsonl").write_bytes(REQUESTS)
    other = tmp_path / "c.json"
    other.write_bytes(catalog.read_bytes() + b"\n")
    at = cut.arguments.index(str(catalog))
    changed = run(*cut.arguments[:at], other, *cut.arguments[at + 1 :], "--resume")
    assert "the catalogs have changed" in changed.err
    assert part.read_bytes() == before


@posix
def test_a_part_begun_yesterday_goes_on_as_of_yesterday(
    run: Run, catalog: Path, tmp_path: Path, whole: Whole
) -> None:
    cut = cut_off(tmp_path, catalog, "jsonl", "-j1")
    at = cut.arguments.index("--as-of")
    run(*cut.arguments[:at], *cut.arguments[at + 2 :], "--resume")
    assert cut.out.read_bytes() == whole["jsonl"][0]


@posix
def test_a_part_that_isn_t_what_was_written_is_refused(run: Run, catalog: Path, tmp_path: Path) -> None:
    cut = cut_off(tmp_path, catalog, "jsonl", "-j1", size=60_000)
    part, made = tmp_path / "o.jsonl.partial", tmp_path / "o.jsonl.partial.made"
    good, made_good = part.read_bytes(), made.read_bytes()
    first, second, *_ = good.splitlines(keepends=True)
    for wrong in (b"{}\n" + good, second + first, b"\xff\n", first + first):
        part.write_bytes(wrong)
        assert "is not as it was written, at line" in cut.again(run).err
        assert part.read_bytes() == wrong
    part.write_bytes(good)
    for wrong in (b"", b"{", json.dumps({"opmatch": 1}).encode()):
        made.write_bytes(wrong)
        assert "doesn't say what it was made of" in cut.again(run).err
    made.write_bytes(made_good)
    (tmp_path / "o.jsonl.partial.calls").unlink()
    assert "is missing" in cut.again(run).err


@posix
def test_two_don_t_write_the_same_file(run: Run, catalog: Path, tmp_path: Path) -> None:
    requests, out = tmp_path / "r.jsonl", tmp_path / "o.jsonl"
    requests.write_bytes(REQUESTS)
    arguments = ("batch", str(requests), "-c", str(catalog), "-o", str(out), "-j1")
    process = started(arguments, tmp_path)
    wait_for(tmp_path / "o.jsonl.partial", 1, process)
    assert "is being written by another opmatch" in run(*arguments, "--resume").err
    process.kill()
    process.communicate()


def test_with_nothing_to_go_on_with_it_begins(run: Run, catalog: Path, tmp_path: Path) -> None:
    requests, out = tmp_path / "r.csv", tmp_path / "o.jsonl"
    requests.write_bytes(b"ref\nA\n")
    assert run("batch", requests, "-c", catalog, "-o", out, "--resume").code == 0
    once = out.read_bytes()
    assert run("batch", requests, "-c", catalog, "-o", out, "--resume").code == 0
    assert out.read_bytes() == once
