"""Chunks answered in the order they are given, in this process or in several of this machine."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Sequence
from typing import Final

from opmatch import api
from opmatch.batch.chunk import Answers, answer
from opmatch.batch.plan import Catalogs, Plan
from opmatch.batch.rows import Row
from opmatch.errors import UsageError
from opmatch.model.program import Catalog

AHEAD: Final = 3
"""Chunks a process may be ahead of the one whose answers are awaited: more would only fill memory."""

Chunk = Sequence[Row]
InOrder = Generator[Answers, None, None]
"""Closing it ends whatever is still at work."""
_here: tuple[Catalog, Plan] | None = None
"""What a worker process answers with."""


def in_this_process(catalog: Catalog, plan: Plan, chunks: Iterable[Chunk]) -> InOrder:
    """The answers to each chunk, one after the other."""
    for chunk in chunks:
        yield answer(catalog, plan, chunk)


def in_processes(catalogs: Catalogs, plan: Plan, chunks: Iterable[Chunk], jobs: int) -> InOrder:
    """The same from `jobs` processes, each with the catalog loaded for itself.

    Raises UsageError when a process dies or finds the catalogs changed.
    """
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    # Started anew rather than forked: a fork would share open databases and the locks of other threads.
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(jobs, context, _prepare, (catalogs, plan))
    waiting: deque[Future[Answers]] = deque()
    ended = False
    try:
        for chunk in chunks:
            waiting.append(executor.submit(_answer, chunk))
            if len(waiting) >= jobs * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
        ended = True
    except BrokenProcessPool:
        raise UsageError(
            "a worker process ended before its work was done; is there enough memory? fewer --jobs need less"
        ) from None
    finally:
        if not ended:  # nobody waits for what is still being worked on
            for process in multiprocessing.active_children():
                process.terminate()
        executor.shutdown(cancel_futures=True)


def _prepare(catalogs: Catalogs, plan: Plan) -> None:
    global _here
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process hears it and ends the others
    threading.Thread(target=_end_with_parent, daemon=True).start()
    catalog = api.load_catalog(catalogs.paths, overlays=catalogs.overlays)
    if catalog.infos != catalogs.infos:
        raise ValueError("the catalogs changed while they were read")
    _here = catalog, plan


def _end_with_parent() -> None:
    """A process whose parent was killed would wait for work for ever."""
    from multiprocessing.connection import wait

    parent = multiprocessing.parent_process()
    if parent is not None:
        with contextlib.suppress(OSError):
            wait([parent.sentinel])
            os._exit(1)


def _answer(chunk: Chunk) -> Answers:
    assert _here is not None, "a worker is prepared before it is given work"
    return answer(*_here, chunk)
