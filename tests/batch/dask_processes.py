"""A Dask scheduler and its workers as processes on loopback, each ended in every case."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

absent = importlib.util.find_spec("distributed") is None and not os.environ.get("OPMATCH_REQUIRE_DATA")
needs_dask = pytest.mark.skipif(
    absent or os.name != "posix", reason="needs Dask (pip install 'opmatch[cluster]'), and signals"
)
LONGEST = 90.0  # seconds that anything here is waited for


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


class Processes:
    """Whoever is started here is gone when the `with` block is left."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._started: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._started:
            kill(process)

    def start(self, *command: str, **environment: str) -> subprocess.Popen[bytes]:
        log = (self.folder / f"{len(self._started)}.log").open("wb")
        with log:
            process = subprocess.Popen(
                [sys.executable, *command],
                env={**os.environ, "DASK_TEMPORARY_DIRECTORY": str(self.folder), **environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # so that its own children can be ended with it
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a background ignores it
            )
        self._started.append(process)
        return process

    def logs(self) -> str:
        return "".join(map(_text, sorted(self.folder.glob("*.log"))))

    def said(self, process: subprocess.Popen[bytes]) -> str:
        """What one of them said, without the others."""
        return _text(self.folder / f"{self._started.index(process)}.log")


class Cluster(Processes):
    """A scheduler, at `address`; should this process be killed, it ends by itself."""

    def __init__(self, folder: Path, *, log: str = "info", **environment: str) -> None:
        super().__init__(folder)
        self._file = folder / "scheduler.json"
        self._environment = {"DASK_LOGGING__DISTRIBUTED": log, **environment}
        told = ["--scheduler-file", str(self._file), "--idle-timeout", f"{LONGEST:.0f}"]
        place = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
        self.scheduler = self.start(
            "-m", "distributed.cli.dask_scheduler", *place, *told, **self._environment
        )
        self.address = ""

    def __enter__(self) -> Cluster:
        try:
            wait_until(lambda: self._file.exists() and bool(self._file.read_text()), self.scheduler)
            self.address = json.loads(self._file.read_text())["address"]
        except BaseException:
            self.__exit__()
            raise
        return self

    def worker(self, *before: str, **environment: str) -> subprocess.Popen[bytes]:
        """One more worker of one thread; `before` is Python that it runs first."""
        main = ["-m", "distributed.cli.dask_worker"]
        if before:
            main = ["-c", "; ".join((*before, "from distributed.cli.dask_worker import main", "main()"))]
        options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", f"{LONGEST:.0f}"]
        place = ["--host", "127.0.0.1", "--local-directory", str(self.folder)]
        return self.start(*main, self.address, *place, *options, **{**self._environment, **environment})


@contextlib.contextmanager
def a_cluster(folder: Path, workers: int = 2, **options: str) -> Iterator[Cluster]:
    """A scheduler with workers, which may still be on their way."""
    with Cluster(folder, **options) as cluster:
        for _ in range(workers):
            cluster.worker()
        yield cluster


def kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until(there: object, process: subprocess.Popen[bytes]) -> None:
    """Until `there()`, as long as the process lives."""
    assert callable(there)
    end = time.monotonic() + LONGEST
    while not there():
        assert process.poll() is None, "it ended before that"
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)
