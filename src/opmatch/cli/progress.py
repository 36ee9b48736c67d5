"""A progress bar on stderr, only where a person is looking."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator

from opmatch.cli.stdio import is_terminal

PATIENCE_SECONDS = 0.3
Report = Callable[[int, int], None]
"""Called with what is done and what there is to do in all, in the same unit."""


@contextlib.contextmanager
def progress(title: str, unit: str = "") -> Iterator[Report | None]:
    """A function to report progress to, or None where nobody would see it.

    With a `unit` the bar tells the rate. What is done at once shows no bar, and doesn't wait for rich to be
    loaded.
    """
    if not is_terminal(sys.stderr):
        yield None
        return
    with contextlib.ExitStack() as stack:
        update: Report | None = None

        started = time.monotonic()

        def report(done: int, total: int) -> None:
            nonlocal update
            if update is None:
                if done >= total or time.monotonic() - started < PATIENCE_SECONDS:
                    return
                update = _bar(title, unit, stack)
            update(done, total)

        yield report


def _bar(title: str, unit: str, stack: contextlib.ExitStack) -> Report:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        ProgressColumn,
        Task,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text("" if speed is None else f"{speed:,.{0 if speed >= 10 else 1}f} {unit}/s")

    bar = stack.enter_context(
        Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            *([Rate()] if unit else []),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
    )
    task = bar.add_task(title, total=None)
    return lambda done, total: bar.update(task, completed=done, total=total)
