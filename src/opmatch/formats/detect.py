"""Which published format files are, by what is in them; a file's name can be anything."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal, get_args

from opmatch.errors import InputError, Problem
from opmatch.formats import ownpath, samhsa
from opmatch.formats.hsds_package import holds_services
from opmatch.formats.hsds_tables import table_name
from opmatch.formats.json_file import looks_like_json
from opmatch.formats.jsonl import is_jsonl
from opmatch.formats.open_file import open_file
from opmatch.formats.plain_columns import REQUIRED, column_name
from opmatch.formats.sheet import MAX_STREAMED_BYTES, ZIP_MAGIC, columns_of
from opmatch.formats.workbook import is_workbook

Kind = Literal["samhsa", "ownpath", "findtreatment", "hsds", "csv", "jsonl"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

_TABLES: Final[tuple[tuple[Kind, frozenset[str]], ...]] = (
    ("samhsa", frozenset(column.lower() for column in samhsa.COLUMNS)),
    ("ownpath", frozenset(column.lower() for column in ownpath.COLUMNS)),
    ("csv", frozenset(REQUIRED)),
)
_SNIFFED: Final = 1024 * 1024  # bytes of a JSON file
_LOCATOR: Final = re.compile(rb'"(?:typeFacility|type_facility|frid|f3)"\s*:')


def detect(paths: Sequence[Path]) -> Kind:
    """The format of `paths`. Raises InputError where it can't be told, or they aren't all of one."""
    kinds = {path: _kind(path) for path in paths}
    unknown = [path for path, kind in kinds.items() if kind is None]
    if unknown:
        message = "is of no kind that is known by its content"
        mend = f"name the kind: {', '.join(KINDS)}"
        raise InputError(tuple(Problem(str(path), message, mend=mend) for path in unknown))
    told = {kind: path for path, kind in kinds.items() if kind is not None}
    if len(told) > 1:
        listed = ", ".join(f"{path} is {kind}" for kind, path in told.items())
        raise InputError(
            (
                Problem(
                    str(paths[0]),
                    f"is of another kind than others: {listed}",
                    mend="import each kind by itself",
                ),
            )
        )
    return next(iter(told))


def _kind(path: Path) -> Kind | None:
    if path.is_dir():
        return "hsds" if any(table_name(file.name) for file in path.iterdir()) else None
    file = open_file(path, MAX_STREAMED_BYTES)
    start = file.start()
    if start.startswith(ZIP_MAGIC) and not is_workbook(path):
        return "hsds"
    if looks_like_json(start):
        if is_jsonl(file.first(_SNIFFED).partition(b"\n")[0]):
            return "jsonl"
        return "findtreatment" if _LOCATOR.search(file.first(_SNIFFED)) else "hsds"
    rows = columns_of(path)
    for kind, wanted in _TABLES:
        if any(wanted <= row or wanted <= {column_name(cell) for cell in row} for row in rows):
            return kind
    return "hsds" if table_name(path.name) or holds_services(path) else None
