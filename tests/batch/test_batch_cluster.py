"""A batch answered by a Dask cluster: the same bytes as here, whoever of it is lost on the way."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from dask_processes import Cluster, Processes, a_cluster, kill, needs_dask, wait_until

import opmatch
from batch_requests import a_small_catalog, as_json_lines, some_requests
from opmatch import shipped

pytestmark = [needs_dask, pytest.mark.xdist_group("cluster"), pytest.mark.long]
ROWS = 1920
CANARY = "the-canary"


class Batch(NamedTuple):
    """A folder to work in, requests and a catalog, and what a run in one process makes of them."""

    folder: Path
    requests: Path
    catalog: Path
    whole: bytes
    calls: bytes

    def arguments(self, name: str, *more: str) -> list[str]:
        out, calls = str(self.folder / f"{name}.jsonl"), str(self.folder / f"{name}.md")
        day = ("--as-of", "2026-11-23")
        return [
            "batch",
            str(self.requests),
            "-c",
            str(self.catalog),
            "-o",
            out,
            "--calls",
            calls,
            *day,
            *more,
        ]

    def environment(self) -> dict[str, str]:
        return {**os.environ, "OPMATCH_CONFIG_DIR": str(self.folder / "configuration")}

    def run(self, name: str, *more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "opmatch", *self.arguments(name, *more)]
        return subprocess.run(
            command, env=self.environment(), capture_output=True, text=True, check=False, timeout=300
        )

    def begun(self, processes: Processes, name: str, *more: str) -> subprocess.Popen[bytes]:
        """The same on the way, when some lines are written."""
        process = processes.start("-m", "opmatch", *self.arguments(name, *more), **self.environment())
        wait_until(lambda: self.part(name) > 0, process)
        return process

    def part(self, name: str) -> int:
        part = self.folder / f"{name}.jsonl.partial"
        return part.stat().st_size if part.exists() else 0

    def made(self, name: str) -> tuple[bytes, bytes]:
        return (self.folder / f"{name}.jsonl").read_bytes(), (self.folder / f"{name}.md").read_bytes()

    def left(self, name: str) -> list[str]:
        return sorted(path.name for path in self.folder.glob(f"{name}*"))


def a_batch(folder: Path, rows: int) -> Batch:
    requests = folder / "r.jsonl"
    asked = some_requests(rows, seed=11)
    for number, one in enumerate(asked):
        if "ref" in one and " " not in one["ref"]:
            one["ref"] = f"{CANARY}-{number}"
    requests.write_bytes(as_json_lines(asked))
    batch = Batch(folder, requests, a_small_catalog(folder), b"", b"")
    done = batch.run("whole", "-j1")
    assert done.returncode == 3, done.stderr
    whole, calls = batch.made("whole")
    return batch._replace(whole=whole, calls=calls)


@pytest.fixture(name="few", scope="module")
def few_fixture(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    return a_batch(tmp_path_factory.mktemp("few"), 130)


@pytest.fixture(name="many", scope="module")
def many_fixture(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    return a_batch(tmp_path_factory.mktemp("many"), ROWS)


@pytest.fixture(name="room")
def room_fixture() -> Iterator[Path]:
    """A folder with a short name: Dask makes sockets of some."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def test_the_bytes_are_those_of_a_run_here_and_logs_hold_no_request(few: Batch, room: Path) -> None:
    with a_cluster(room, log="debug") as cluster:
        done = few.run("out", "--cluster", cluster.address)
        logs = cluster.logs()
    assert (done.returncode, few.made("out")) == (3, (few.whole, few.calls))
    assert "opmatch-answer" in logs, "debugging tells keys"
    assert CANARY.encode() in few.requests.read_bytes()
    for quoted in (CANARY, "took all my pills", "60610"):
        assert quoted not in logs


@pytest.mark.parametrize(
    ("address", "said"),
    [
        pytest.param(
            "tcp://127.0.0.1:1",
            "no Dask scheduler answers at tcp://127.0.0.1:1 within 5 seconds",
            marks=pytest.mark.long,
        ),
        ("tls://127.0.0.1:1", "needs certificates"),
        ("http://127.0.0.1:1", "is no address of a scheduler, such as tcp://scheduler:8786"),
        ("127.0.0.1", "is no address of a scheduler"),
    ],
)
def test_where_no_scheduler_is_it_says_so_and_leaves_nothing(few: Batch, address: str, said: str) -> None:
    done = few.run("none", "--cluster", address)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert said in done.stderr
    assert few.left("none") == []


def test_a_cluster_and_a_number_of_processes_don_t_go_together(few: Batch) -> None:
    done = few.run("none", "--cluster", "tcp://127.0.0.1:1", "--jobs", "2")
    assert done.returncode == 2
    assert "leave out one" in done.stderr


@pytest.mark.long
def test_workers_that_are_killed_are_replaced_by_who_is_left_and_who_comes(many: Batch, room: Path) -> None:
    """The catalog gets to the last one although both that had it are dead."""
    with Cluster(room) as cluster:
        first, second = cluster.worker(), cluster.worker()
        run = many.begun(cluster, "killed", "--cluster", cluster.address)
        kill(first)
        wait_until(lambda: many.part("killed") > len(many.whole) // 4, run)
        kill(second)
        cluster.worker()
        assert many.part("killed"), "they were killed too late to test anything"
        assert run.wait(300) == 3
    assert many.made("killed") == (many.whole, many.calls)


@pytest.mark.long
def test_a_cluster_without_workers_is_told_and_waited_for(few: Batch, room: Path) -> None:
    with Cluster(room) as cluster:
        command = ("-m", "opmatch", *few.arguments("late", "--cluster", cluster.address))
        run = cluster.start(*command, **few.environment())
        wait_until(lambda: "has no workers: waiting until it has" in cluster.logs(), run)
        cluster.worker()
        assert run.wait(300) == 3
    assert few.made("late") == (few.whole, few.calls)


@pytest.mark.long
@pytest.mark.parametrize("then", ["here", "there"])
def test_an_interrupted_run_goes_on_here_or_there_to_the_same_bytes(
    many: Batch, room: Path, then: str
) -> None:
    name = f"interrupted-{then}"
    with a_cluster(room) as cluster:
        run = many.begun(cluster, name, "--cluster", cluster.address)
        run.send_signal(signal.SIGINT)
        assert run.wait(60) == 130
        said = cluster.said(run)  # a scheduler that was sending something may well log that nobody is there
        assert f"kept in {many.folder / name}.jsonl.partial; go on with --resume" in said
        assert "Traceback" not in said
        assert many.part(name)
        where = ("--cluster", cluster.address) if then == "there" else ("-j1",)
        assert many.run(name, "--resume", *where).returncode == 3
    assert many.made(name) == (many.whole, many.calls)


@pytest.mark.long
def test_a_scheduler_that_dies_is_told_and_the_part_is_kept(many: Batch, room: Path) -> None:
    with a_cluster(room) as cluster:
        run = many.begun(cluster, "lost", "--cluster", cluster.address)
        kill(cluster.scheduler)
        assert run.wait(120) == 3, "some were stopped for safety, which goes before all else"
        said = cluster.logs()
    assert f"the scheduler at {cluster.address} doesn't answer any more" in said
    assert many.run("lost", "--resume", "-j1").returncode == 3
    assert many.made("lost") == (many.whole, many.calls)


def another_opmatch(folder: Path, changed: str) -> Path:
    """A copy of this one to be put before it, with its version or another file changed, or code gone.

    Who looks up what is installed finds this one all the same.
    """
    source = shipped.path("")
    shutil.copytree(source, folder / "opmatch", ignore=shutil.ignore_patterns("__pycache__"))
    path = folder / "opmatch" / changed
    if path.suffix == ".py" and path.parent.name == "batch":
        path.unlink()
        return folder
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f'"{opmatch.__version__}"', '"0.0.7"') + "\n", encoding="utf-8")
    return folder


def metadata_of(folder: Path, version: str) -> Path:
    """What installers tell of a package of that version."""
    about = folder / f"opmatch-{version}.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: opmatch\nVersion: {version}\n")
    return folder


@pytest.mark.long
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ("__init__.py", f"has opmatch 0.0.7, and this is opmatch {opmatch.__version__}"),
        ("matching/formula.yaml", f"has other files of opmatch {opmatch.__version__}"),
    ],
)
def test_a_worker_that_comes_late_with_another_opmatch_ends_the_run(
    few: Batch, room: Path, tmp_path: Path, changed: str, said: str
) -> None:
    path = str(another_opmatch(tmp_path, changed))
    with Cluster(room, log="debug") as cluster:
        command = ("-m", "opmatch", *few.arguments("other", "--cluster", cluster.address))
        run = cluster.start(*command, **few.environment())
        wait_until(lambda: "has no workers" in cluster.logs(), run)
        cluster.worker(PYTHONPATH=path)
        assert run.wait(60) == 2
        assert said in cluster.logs()
    assert few.left("other") == []


@pytest.mark.long
def test_a_machine_that_can_t_read_what_it_is_sent_doesn_t_log_it(
    many: Batch, room: Path, tmp_path: Path
) -> None:
    older = another_opmatch(tmp_path, "batch/remote.py")
    here = tmp_path / "here"
    here.mkdir()
    with Cluster(room, log="debug") as cluster, Processes(here) as processes:
        cluster.worker()
        run = many.begun(processes, "unreadable", "--cluster", cluster.address)
        cluster.worker(PYTHONPATH=str(older))
        run.wait(60)
        logs = cluster.logs()
        assert CANARY not in logs
        assert "Compute Failed" in logs
        assert f"has each of its machines opmatch {opmatch.__version__}?" in processes.logs()


@pytest.mark.long
def test_another_version_is_told_before_anything_is_sent(few: Batch, room: Path, tmp_path: Path) -> None:
    path = str(metadata_of(another_opmatch(tmp_path, "__init__.py"), "0.0.7"))  # Dask looks at one or both
    with Cluster(room) as cluster:
        worker = cluster.worker(PYTHONPATH=path)
        wait_until(lambda: "Registered to" in cluster.logs(), worker)
        done = few.run("other", "--cluster", cluster.address)
        assert "Receive client" in cluster.logs()
        assert "opmatch-catalog" not in cluster.logs()
    assert done.returncode == 2
    assert f"has opmatch 0.0.7, and this is opmatch {opmatch.__version__}" in done.stderr


@pytest.mark.long
def test_a_scheduler_needs_no_opmatch(few: Batch, room: Path, tmp_path: Path) -> None:
    (tmp_path / "opmatch.py").write_text("raise ImportError('there is none')\n", encoding="utf-8")
    with Cluster(room, log="debug", PYTHONPATH=str(tmp_path)) as cluster:
        cluster.worker(PYTHONPATH="")
        assert few.run("bare", "--cluster", cluster.address).returncode == 3
        assert CANARY not in cluster.logs()
    assert few.made("bare") == (few.whole, few.calls)


@pytest.mark.long
def test_rows_that_end_every_worker_are_told(few: Batch, room: Path) -> None:
    # As the system's killer of those who take too much memory would.
    fatal = "import os, opmatch.batch.remote as here; here.answer_there = lambda *_: os._exit(9)"
    with Cluster(room, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="1") as cluster:
        for _ in range(4):
            cluster.worker(fatal)
        done = few.run("fatal", "--cluster", cluster.address)
    assert done.returncode == 2
    assert re.search(r"every worker that was given rows \d+ to \d+ ended before", done.stderr)
    assert few.left("fatal") == []


AHEAD = """
import contextlib, sys
from pathlib import Path
from opmatch import api
from opmatch.batch.cluster import connected
from opmatch.batch.plan import Plan
from opmatch.batch.rows import Row
import datetime
taken = 0
def chunks():
    global taken
    for taken in range(1, 61):
        yield [Row(taken, '{"needs": ["ptsd"]}')]
plan = Plan(keys=None, as_of=datetime.date(2026, 11, 23), limit=3)
catalog = api.load_catalog([Path(sys.argv[2])])
with connected(sys.argv[1], print) as cluster:
    with contextlib.closing(cluster.answers(catalog, plan, chunks())) as answers:
        next(answers)
        print("taken for the first answer:", taken)
    with contextlib.closing(cluster.answers(catalog, plan, chunks())) as answers:
        print("answered:", sum(one.rows for one in answers))
"""


@pytest.mark.long
def test_no_more_is_sent_than_the_workers_need_soon(few: Batch, room: Path) -> None:
    with a_cluster(room) as cluster:
        done = subprocess.run(
            [sys.executable, "-c", AHEAD, cluster.address, str(few.catalog)],
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
    assert re.fullmatch(r"(.*no workers.*\n)?taken for the first answer: [4-6]\nanswered: 60\n", done.stdout)
