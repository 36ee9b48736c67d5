"""One run of `opmatch batch`, from its options to its exit code."""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from opmatch import __version__, api
from opmatch.batch.calls import CallBook
from opmatch.batch.output import Output, ToFile, ToStream
from opmatch.batch.partial import Made
from opmatch.batch.plan import Catalogs, Plan
from opmatch.batch.rows import requests_in
from opmatch.batch.run import CHUNK_ROWS, RefusedError, Work, answers_of, count_rows, run
from opmatch.batch.source import open_requests
from opmatch.batch.tally import Tally
from opmatch.cli import batch_notes
from opmatch.cli.batch_options import BatchOptions
from opmatch.cli.catalog_options import CatalogOptions, choose, load, own_corrections
from opmatch.cli.files import reason, write_private_parts
from opmatch.cli.progress import progress
from opmatch.cli.stdio import write_bytes, write_error, write_note
from opmatch.errors import (
    EXIT_INTERRUPTED,
    EXIT_MATCHED,
    EXIT_NOTHING,
    EXIT_SAFETY_STOP,
    OpmatchError,
    UsageError,
)
from opmatch.model.program import Catalog

if TYPE_CHECKING:
    from opmatch.batch.cluster import Cluster


def work(options: BatchOptions, catalog_options: CatalogOptions) -> int:
    """Read, rank and write, and say how it went."""
    source, form = options.source(), options.form()
    catalog_options.check()
    with contextlib.ExitStack() as stack:
        output = _output(options, stack)
        file = open_requests(source, _standard_input())
        stack.callback(file.close)
        requests = requests_in(file)
        total = count_rows(requests)
        cluster = _cluster(options, stack)
        catalog, catalogs = _load(catalog_options)
        plan = Plan(
            keys=requests.keys,
            as_of=_day(catalog_options, catalog, output),
            limit=options.limit,
            form=form,
            with_request=options.with_request,
            calls=options.calls is not None,
            strict=options.strict,
        )
        stack.callback(output.keep)
        done = output.begin(plan, lambda: _made(plan, catalogs, file.sha256()))
        book = output.book() if plan.calls else None
        if book is not None:
            stack.callback(book.close)
        notices = api.catalog_notices(catalog, plan.as_of)
        left = Work(requests, total, done.row)
        workers = cluster or options.processes(-(-(total - done.tally.answered) // CHUNK_ROWS))
        answers = answers_of(left, plan, catalog, catalogs, workers)
        del catalog  # with several processes each has its own
        ended = 0
        try:
            with progress("Ranking", "requests") as report, contextlib.closing(answers):
                run(left, answers, output.write, book, done.tally, report)
            _finish(options, output, book)
        except KeyboardInterrupt:
            ended = EXIT_INTERRUPTED
        except OpmatchError as error:
            write_error(str(error))
            ended = error.exit_code
            if isinstance(error, RefusedError):  # the requests have to change, so nobody can go on with it
                output.drop()
        batch_notes.tell(options, output, done.tally, notices, ended)
    return _exit_code(options, done.tally, ended)


def _output(options: BatchOptions, stack: contextlib.ExitStack) -> Output:
    path = options.out
    if path is None:
        return ToStream(write_bytes)
    try:
        if path.is_dir():
            raise UsageError(f"{path} is a folder; name a file in it")
        if not path.exists() or path.is_file():
            return ToFile(path, resume=options.resume)
        if options.resume:
            raise UsageError(f"{path} is no file, so there is nothing to go on with")
        stream = stack.enter_context(path.open("wb"))  # a device or a pipe has nothing to replace
    except OSError as error:
        raise UsageError(f"{path} can't be written: {reason(error)}") from None
    except ValueError:
        raise UsageError("the output's file name can't be used") from None
    return ToStream(lambda data: _to_device(path, stream, data))


def _cluster(options: BatchOptions, stack: contextlib.ExitStack) -> Cluster | None:
    """Connected before anything is written or read at length."""
    if options.cluster is None:
        return None
    from opmatch.batch.cluster import connected

    return stack.enter_context(connected(options.cluster, write_note))


def _to_device(path: Path, stream: BinaryIO, data: bytes) -> None:
    try:
        stream.write(data)
        stream.flush()
    except OSError as error:
        raise UsageError(f"{path} can't be written: {reason(error)}") from None


def _standard_input() -> BinaryIO:
    raw: BinaryIO | None = getattr(sys.stdin, "buffer", None)
    if raw is None:
        raise UsageError("there is no standard input")
    return raw


def _load(options: CatalogOptions) -> tuple[Catalog, Catalogs]:
    """The programs, and what other processes load them by. The sample is refused unless it was named."""
    chosen = choose(options.catalog or ())
    if chosen.by == "sample":
        raise UsageError(
            "no catalog is chosen, and the bundled sample is fictional: name a catalog with --catalog, or"
            f" once for all: opmatch catalog use FILE (the sample itself is {chosen.paths[0]})"
        )
    overlays = own_corrections()
    catalog = load(chosen.paths, overlays)
    return catalog, Catalogs(paths=chosen.paths, overlays=overlays, infos=catalog.infos)


def _day(options: CatalogOptions, catalog: Catalog, output: Output) -> dt.date:
    """The day to rank for; a run that was begun yesterday goes on as of yesterday."""
    if options.as_of is None and isinstance(output, ToFile) and output.before is not None:
        return dt.date.fromisoformat(output.before.as_of)
    return options.day(catalog)


def _made(plan: Plan, catalogs: Catalogs, requests: str) -> Made:
    return Made(
        opmatch=__version__,
        formula=api.load_formula().version,
        requests=requests,
        catalogs=catalogs.infos,
        corrections=tuple(overlay.sha256 for overlay in catalogs.overlays),
        as_of=plan.as_of.isoformat(),
        limit=plan.limit,
        form=plan.form,
        with_request=plan.with_request,
        calls=plan.calls,
    )


def _finish(options: BatchOptions, output: Output, book: CallBook | None) -> None:
    if options.calls is not None and book is not None:
        from opmatch.render.call_list import render

        book.index()
        write_private_parts(options.calls, render(book.parts(), book.count()))
    output.finish()


def _exit_code(options: BatchOptions, tally: Tally, ended: int) -> int:
    """Safety first; then what ended the run early; then how the rows went."""
    if ended == EXIT_INTERRUPTED:
        return ended
    code = tally.exit_code
    if ended:
        return EXIT_SAFETY_STOP if code == EXIT_SAFETY_STOP else ended
    return EXIT_MATCHED if code == EXIT_NOTHING and options.exit_zero else code
