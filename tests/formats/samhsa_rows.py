"""Small hand-made rows of SAMHSA's directories, as CSV files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from opmatch.formats.imported import Imported
from opmatch.formats.samhsa import import_samhsa

COLUMNS = (
    *("name1", "name2", "street1", "street2", "city", "state", "zip"),
    *("phone", "intake1", "intake2", "intake1a", "intake2a", "service_code_info"),
)


def a_row(codes: str, **changes: str) -> dict[str, str]:
    """A facility in Abbeville with these codes."""
    row = dict.fromkeys(COLUMNS, "")
    row |= {
        "name1": "Wiregrass Services",
        "name2": "Henry Clinic",
        "street1": "219 Dothan Road",
        "city": "Abbeville",
        "state": "AL",
        "zip": "36310",
        "phone": "800-555-0100",
        "service_code_info": codes,
    }
    return row | changes


def csv_text(rows: Iterable[Mapping[str, str]], columns: Iterable[str] = COLUMNS) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(columns), extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def a_csv(folder: Path, *rows: Mapping[str, str], name: str = "directory.csv") -> Path:
    path = folder / name
    path.write_bytes(csv_text(rows).encode())
    return path


def imported(folder: Path, *rows: Mapping[str, str]) -> Imported:
    return import_samhsa([a_csv(folder, *rows)])


def programs(folder: Path, codes: str, **changes: str) -> list[dict[str, Any]]:
    """What one facility becomes. Its codes must tell which directory it is from."""
    return imported(folder, a_row(codes, **changes)).programs
