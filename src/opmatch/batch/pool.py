"""Chunks answered in the order they are given, in this process or in several of this machine."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import Final

from opmatch import api
from opmatch.batch.chunk import Answers, answer
from opmatch.batch.plan import Catalogs, Plan
from opmatch.batch.rows import Row
from opmatch.errors import OpmatchError, UsageError
from opmatch.matching.memory import Memory
from opmatch.model.program import Catalog

AHEAD: Final = 3
"""Chunks a process may be ahead of the one whose answers are awaited: more would only fill memory."""

GARBAGE_AFTER: Final = 50_000
"""New values until the next look for garbage that refers to itself; little does, the rest goes at once."""

Chunk = Sequence[Row]
InOrder = Generator[Answers, None, None]
"""Closing it ends whatever is still at work."""
_here: tuple[Catalog, Plan, Memory] | str | None = None
"""What a worker process answers with, or why it can't."""


def in_this_process(catalog: Catalog, plan: Plan, chunks: Iterable[Chunk]) -> InOrder:
    """The answers to each chunk, one after the other."""
    memory = Memory()
    before = gc.get_threshold()
    gc.set_threshold(GARBAGE_AFTER)
    try:
        for chunk in chunks:
            yield answer(catalog, plan, chunk, memory)
    finally:
        gc.set_threshold(*before)


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
            with _unheard():
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


@contextlib.contextmanager
def _unheard() -> Iterator[None]:
    """Processes begun here never hear an interrupt, not even while they start; this one hears it later."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _prepare(catalogs: Catalogs, plan: Plan) -> None:
    """Make this process ready; what is wrong is told when it is given work."""
    global _here
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process hears it and ends the others
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        catalog = api.load_catalog(catalogs.paths, overlays=catalogs.overlays)
    except OpmatchError as error:
        _here = f"the catalogs can't be read any more: {error}"
        return
    if catalog.infos != catalogs.infos:
        _here = "the catalogs have changed since they were first read; try again"
        return
    _here = catalog, plan, Memory()
    # What is loaded stays: looking through it for garbage every few hundred values is a tenth of the work.
    gc.freeze()
    gc.set_threshold(GARBAGE_AFTER)


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
    if isinstance(_here, str):
        raise UsageError(_here)
    catalog, plan, memory = _here
    return answer(catalog, plan, chunk, memory)
