"""Every published format that can be imported: reading this file tells you which."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from opmatch.errors import InputError, Problem
from opmatch.formats.detect import Kind, detect
from opmatch.formats.doubts import Report
from opmatch.formats.imported import Imported, Progress, Streamed


def import_files(
    paths: Sequence[Path],
    kind: Kind | None = None,
    progress: Progress | None = None,
    *,
    as_of: dt.date | None = None,
    report: Report | None = None,
) -> Imported | Streamed:
    """The programs of `paths` as a catalog, whose kind is told by their content where it is left out.

    `as_of` is the day the data is from; `report` is called with each record and value that was left out.
    Raises InputError for what can't be read, UsageError where an optional reader isn't installed.
    """
    _refuse_pipes(paths)
    match kind or detect(paths):
        case "samhsa":
            from opmatch.formats.samhsa import EDITION, import_samhsa

            return import_samhsa(paths, progress, as_of=as_of or EDITION, report=report)
        case "ownpath":
            from opmatch.formats.ownpath import import_ownpath

            return import_ownpath(paths, progress, as_of=as_of, report=report)
        case "findtreatment":
            from opmatch.formats.findtreatment import import_findtreatment

            return import_findtreatment(paths, progress, as_of=as_of, report=report)
        case "hsds":
            from opmatch.formats.hsds import import_hsds

            return import_hsds(paths, progress, as_of=as_of, report=report)
        case "csv":
            from opmatch.formats.plain_sheet import import_plain

            return import_plain(paths, progress, as_of=as_of, report=report)
        case "jsonl":
            from opmatch.formats.jsonl import import_jsonl

            return import_jsonl(paths, progress, as_of=as_of, report=report)


def _refuse_pipes(paths: Sequence[Path]) -> None:
    # Telling the kind, giving ids and making programs each read a file from its start.
    pipes = [path for path in paths if _can_be_read_once_only(path)]
    if pipes:
        message = "is a pipe or a device, and an import reads its files more than once"
        raise InputError(tuple(Problem(str(path), message, mend="save it to a file first") for path in pipes))


def _can_be_read_once_only(path: Path) -> bool:
    try:
        return path.exists() and not (path.is_file() or path.is_dir())
    except (OSError, ValueError):  # told by whoever opens it
        return False
