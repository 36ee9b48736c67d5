"""A whole batch: rows to answers, from where an earlier run got to, each chunk written before the next."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from opmatch.batch.calls import CallBook
from opmatch.batch.chunk import Answers
from opmatch.batch.plan import Catalogs, Plan
from opmatch.batch.pool import Chunk, InOrder, in_processes, in_this_process
from opmatch.batch.rows import Requests, Row
from opmatch.batch.tally import Tally
from opmatch.errors import InputError, Problem
from opmatch.model.program import Catalog

if TYPE_CHECKING:
    from opmatch.batch.cluster import Cluster

CHUNK_ROWS: Final = 16
"""Rows that go to a process together; also the most that are lost when it is killed."""


class RefusedError(InputError):
    """A strict batch has met an invalid row."""


Write = Callable[[bytes], None]
Progress = Callable[[int, int], None]
"""(done, of all) in rows."""


class Work(NamedTuple):
    """What is to be answered: `total` rows, the first of them after the row `after`."""

    requests: Requests
    total: int
    after: int = 0


def run(
    work: Work,
    answers: Iterable[Answers],
    write: Write,
    book: CallBook | None,
    tally: Tally,
    progress: Progress | None,
) -> None:
    """Write the answers as they come and add them to `tally`.

    Raises RefusedError where a strict batch meets an invalid row; what comes before it is written.
    """
    for one in answers:
        if book is not None:
            book.keep(one.asked)  # first: what is kept twice can be dropped, what was never kept is lost
        write(one.text)
        tally.add(one.tally)
        if progress is not None:
            progress(tally.answered, work.total)
        if one.refused is not None:
            name = str(work.requests.file.path)
            raise RefusedError((Problem(name, one.refused, mend="mend it, or leave out --strict"),))


def answers_of(
    work: Work, plan: Plan, catalog: Catalog, catalogs: Catalogs, workers: int | Cluster
) -> InOrder:
    """The answers to all that is left, in order; who works on them changes nothing but the time.

    `workers` is a number of processes, or a cluster.
    """
    left = (row for row in work.requests.rows() if row.number > work.after)
    if not isinstance(workers, int):
        from opmatch.batch import cluster

        return workers.answers(catalog, plan, _chunks(left, cluster.CHUNK_ROWS))
    if workers == 1:
        return in_this_process(catalog, plan, _chunks(left, CHUNK_ROWS))
    return in_processes(catalogs, plan, _chunks(left, CHUNK_ROWS), workers)


def count_rows(requests: Requests) -> int:
    """How many there are. Raises InputError, before anything is written, where the file is broken."""
    return sum(1 for _row in requests.rows())


def _chunks(rows: Iterator[Row], size: int) -> Iterator[Chunk]:
    while chunk := tuple(itertools.islice(rows, size)):
        yield chunk
