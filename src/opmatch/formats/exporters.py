"""Every format that a catalog can be exported to: reading this file tells you which."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal, get_args

from opmatch.catalog.whole_file import replacing
from opmatch.formats.exported import Content

ExportKind = Literal["hsds", "hsds-csv", "fhir", "csv", "jsonl", "sqlite"]
EXPORT_KINDS: Final[tuple[ExportKind, ...]] = get_args(ExportKind)


def export(content: Content, kind: ExportKind, path: Path) -> None:
    """Write `content` to `path`, as a whole or not at all. Raises UsageError when it can't be written."""
    write = exporter(kind)
    with replacing(path) as temporary:
        write(content, temporary)


def exporter(kind: ExportKind) -> Callable[[Content, Path], None]:
    """What writes a kind, to a file that is there and empty."""
    match kind:
        case "hsds":
            from opmatch.formats.hsds_out import write_hsds

            return write_hsds
        case "hsds-csv":
            from opmatch.formats.hsds_out_tables import write_hsds_tables

            return write_hsds_tables
        case "fhir":
            from opmatch.formats.fhir import write_fhir

            return write_fhir
        case "csv":
            from opmatch.formats.plain_out import write_plain

            return write_plain
        case "jsonl":
            from opmatch.formats.jsonl import write_jsonl

            return write_jsonl
        case "sqlite":
            from opmatch.formats.sqlite import write_sqlite

            return write_sqlite
