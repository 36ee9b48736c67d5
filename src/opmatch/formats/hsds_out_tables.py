"""A catalog as the tables of the Human Services Data Specification 3.1, in a zip with their description."""

from __future__ import annotations

import contextlib
import csv
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TextIO

from opmatch.catalog.as_written import Written
from opmatch.formats.exported import Content
from opmatch.formats.hsds_out_service import service
from opmatch.formats.hsds_own import ABOUT, TAXONOMY, stable_id
from opmatch.model.cell_text import guarded

TABLES: Final[dict[str, tuple[str, ...]]] = {
    "organizations": ("id", "name", "description"),
    "services": (
        "id", "organization_id", "name", "description", "url", "status", "interpretation_services",
        "application_process", "fees_description", "wait_time", "accreditations", "minimum_age",
        "maximum_age", "assured_date", "alert",
    ),
    "service_at_location": ("id", "service_id", "location_id"),
    "locations": ("id", "location_type", "name", "latitude", "longitude"),
    "addresses": (
        "id", "location_id", "address_1", "city", "state_province", "postal_code", "country", "address_type",
    ),
    "phones": ("id", "service_id", "number", "type"),
    "schedules": ("id", "service_id", "freq", "byday", "description", "opens_at", "closes_at"),
    "languages": ("id", "service_id", "name", "code", "note"),
    "cost_options": ("id", "service_id", "currency", "amount", "amount_description"),
    "required_documents": ("id", "service_id", "document"),
    "attributes": ("id", "link_id", "taxonomy_term_id", "link_entity", "value", "label"),
    "taxonomy_terms": ("id", "code", "name", "description", "taxonomy", "taxonomy_id"),
    "taxonomies": ("id", "name", "description"),
}  # fmt: skip
"""The columns of each table, in the specification's order."""
_NUMBERS: Final = frozenset({"minimum_age", "maximum_age", "latitude", "longitude", "amount"})
_LISTS: Final = ("phones", "schedules", "languages", "cost_options", "required_documents")
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)  # a zip holds no day before; any other would change the bytes

Row = tuple[str, Written]
"""The table and the row."""


def write_hsds_tables(content: Content, path: Path) -> None:
    """The tables, then `datapackage.json`, in a zip. Rows go to disk as they come."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f"{path.name}.tables.") as folder:
        _write_tables(content, Path(folder))
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in TABLES:
                with (
                    (Path(folder) / name).open("rb") as rows,
                    archive.open(_member(f"{name}.csv"), "w", force_zip64=True) as out,
                ):
                    shutil.copyfileobj(rows, out)
            archive.writestr(_member("datapackage.json"), json.dumps(_package(content), indent=2))


def _write_tables(content: Content, folder: Path) -> None:
    with contextlib.ExitStack() as stack:
        writers = {}
        for name, columns in TABLES.items():
            file: TextIO = (folder / name).open("w", encoding="utf-8", newline="")
            writers[name] = csv.writer(stack.enter_context(file), lineterminator="\n")
            writers[name].writerow(columns)
        shared: set[str] = set()  # ids of rows that several services have
        for table, row in _rows(content):
            if table in ("organizations", "taxonomy_terms", "taxonomies"):
                if row["id"] in shared:
                    continue
                shared.add(row["id"])
            writers[table].writerow([_cell(row.get(column)) for column in TABLES[table]])


def _rows(content: Content) -> Iterator[Row]:
    taxonomy = stable_id("taxonomy", TAXONOMY)
    yield "taxonomies", {"id": taxonomy, "name": TAXONOMY, "description": ABOUT}
    for program in content.each():
        made = service(program, content)
        organization = made["organization"]
        yield "organizations", organization
        yield "services", {**made, "organization_id": organization["id"]}
        for table in _LISTS:
            for row in made.get(table, ()):
                yield table, row
        for at in made.get("service_at_locations", ()):
            yield "service_at_location", at
            yield "locations", at["location"]
            for row in at["location"].get("addresses", ()):
                yield "addresses", row
        for attribute in made["attributes"]:
            term = attribute["taxonomy_term"]
            yield "taxonomy_terms", {**term, "taxonomy_id": taxonomy}
            link = {"link_id": made["id"], "link_entity": "service", "taxonomy_term_id": term["id"]}
            yield "attributes", attribute | link


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return guarded(value) if isinstance(value, str) else str(value)


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _EARLIEST)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _package(content: Content) -> Written:
    """What the zip holds, for readers of data packages."""
    fictional = " Fictional: there are no such programs." if content.sample else ""
    return {
        "name": "opmatch-hsds",
        "title": content.name,
        "description": f"Tables of the Human Services Data Specification 3.1.{fictional}",
        "profile": "tabular-data-package",
        "resources": [
            {
                "name": name,
                "path": f"{name}.csv",
                "profile": "tabular-data-resource",
                "schema": {
                    "fields": [
                        {"name": column, "type": "number" if column in _NUMBERS else "string"}
                        for column in columns
                    ],
                    "primaryKey": "id",
                },
            }
            for name, columns in TABLES.items()
        ],
    }
