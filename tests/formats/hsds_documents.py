"""Small services of the Human Services Data Specification, as JSON and as tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from importing import a_table

Row = dict[str, str]
Tables = Mapping[str, list[Row]]


def a_service(name: str = "Outpatient Mental Health Counseling", **fields: Any) -> dict[str, Any]:
    return {
        "id": "s1",
        "name": name,
        "status": "active",
        "organization": {"id": "o1", "name": "Harbor"},
    } | fields


def a_place(**fields: Any) -> dict[str, Any]:
    """A service_at_location in Chicago."""
    address = {
        "address_1": "1 Main St",
        "city": "Chicago",
        "state_province": "IL",
        "postal_code": "60610-1234",
        "country": "US",
        "address_type": "physical",
    }
    location = {"id": "l1", "location_type": "physical", "addresses": [address]} | fields
    return {"id": "at1", "location": location}


def a_schedule(**fields: Any) -> dict[str, Any]:
    return {"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00", "closes_at": "17:00"} | fields


def tables(schedule: Row | None = None) -> dict[str, list[Row]]:
    """The service above at its place, with a taxonomy term and a schedule, as tables of version 3."""
    return {
        "organizations.csv": [{"id": "o1", "name": "Harbor"}],
        "services.csv": [
            {"id": "s1", "organization_id": "o1", "name": "Care for adults", "status": "active"},
            {"id": "s2", "organization_id": "o1", "name": "Food pantry", "status": "active"},
        ],
        "taxonomy_terms.csv": [{"id": "t1", "code": "RP-1400", "name": "Outpatient Mental Health Care"}],
        "attributes.csv": [{"id": "a1", "link_id": "s1", "taxonomy_term_id": "t1"}],
        "service_at_location.csv": [{"id": "at1", "service_id": "s1", "location_id": "l1"}],
        "locations.csv": [{"id": "l1", "location_type": "physical", "name": "Main office"}],
        "addresses.csv": [
            {"id": "ad1", "location_id": "l1", "address_1": "1 Main St", "city": "Chicago",
             "state_province": "IL", "postal_code": "60610", "country": "US", "address_type": "physical"}
        ],
        "phones.csv": [{"id": "p1", "service_id": "s1", "number": "312-555-0142", "type": "voice"}],
        "schedules.csv": [
            {"id": "h1", "service_at_location_id": "at1",
             **(schedule or {"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00", "closes_at": "17:00"})}
        ],
    }  # fmt: skip


def a_folder(folder: Path, listed: Tables) -> Path:
    for name, rows in listed.items():
        a_table(folder / name, rows)
    return folder


def a_zip(path: Path, listed: Tables, inside: str = "") -> Path:
    """The tables in a zip, in the folder `inside` it."""
    out = io.BytesIO()
    scratch = a_folder(path.parent / f"{path.stem}-tables", listed)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in listed:
            archive.writestr(inside + name, (scratch / name).read_bytes())
    path.write_bytes(out.getvalue())
    return path
