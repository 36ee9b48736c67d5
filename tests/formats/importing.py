"""Small files for the importers, and what they make of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from opmatch.catalog.load import load
from opmatch.catalog.write import write
from opmatch.formats.doubts import Unclear
from opmatch.formats.imported import Imported, Streamed, Summary
from opmatch.formats.importers import import_files
from opmatch.model.program import Catalog
from opmatch.places.lookup import Places
from opmatch.vocabulary.load import load as load_vocabulary

Program = dict[str, Any]


def a_table(path: Path, rows: Iterable[Mapping[str, str]], columns: Iterable[str] = ()) -> Path:
    """A CSV of `rows`; its columns are those of the first unless given."""
    listed = list(rows)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(columns) or list(listed[0]), extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(listed)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(out.getvalue().encode())
    return path


def a_json(path: Path, document: Any) -> Path:
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def imported(*paths: Path, **options: Any) -> tuple[list[Program], Summary, list[Unclear]]:
    """The programs of files of whatever kind, the summary, and what was left out."""
    left_out: list[Unclear] = []
    made = import_files(paths, report=left_out.append, **options)
    programs = list(made.programs)
    return programs, made.summary() if isinstance(made, Streamed) else made.summary, left_out


def saved(made: Imported | Streamed, path: Path) -> bytes:
    """The catalog as a file, and its bytes."""
    write(path, made.header, made.programs)
    return path.read_bytes()


def read_back(path: Path) -> Catalog:
    """A written catalog as programs. Raises InputError for any flaw."""
    return load([path], load_vocabulary(), Places())
