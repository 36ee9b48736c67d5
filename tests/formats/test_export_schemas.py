"""Exports against what their standards say: HSDS's own schemas and data package, FHIR's models."""

from __future__ import annotations

import csv
import io
import json
import re
import uuid
import zipfile
from pathlib import Path
from typing import Any

import pytest
from exporting import Written, catalog_of, exported, loaded, some_catalogs
from hypothesis import given, settings
from importing import read_back

from opmatch.formats.exported import content
from opmatch.formats.exporters import export
from opmatch.model.program import Catalog, Program
from opmatch.shipped import sample_catalog
from real_data import beside

HSDS = beside("hsds")
RANDOM = settings(max_examples=10)


@pytest.fixture(scope="module")
def sample() -> Catalog:
    return read_back(sample_catalog())


@pytest.fixture(scope="module")
def service_errors() -> Any:
    """What the JSON Schema of a service says of one, references to the other schemas followed."""
    from jsonschema import Draft202012Validator, FormatChecker
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    folder = HSDS.path / "schema"
    schemas = {path.name: json.loads(path.read_text()) for path in folder.glob("*.json")}
    registry: Any = Registry().with_resources(
        (name, DRAFT202012.create_resource(schema)) for name, schema in schemas.items()
    )
    checker = FormatChecker(["date", "email", "uuid"])
    validator = Draft202012Validator(schemas["service.json"], registry=registry, format_checker=checker)
    return lambda service: [error.message for error in validator.iter_errors(service)]


@HSDS.skip
def test_services_are_valid_by_the_specifications_schemas(
    sample: Catalog, service_errors: Any, tmp_path: Path
) -> None:
    page = json.loads(exported(sample, "hsds", tmp_path).read_text(encoding="utf-8"))
    assert page["total_items"] == len(page["contents"]) == len(sample.programs)
    assert [error for one in page["contents"] for error in service_errors(one)] == []
    broken = {**page["contents"][0], "status": "open"}
    assert service_errors(broken), "the schema is applied"
    nested = {**page["contents"][0], "organization": {"name": "No id"}}
    assert service_errors(nested), "and the schemas it refers to"


@HSDS.skip
@RANDOM
@given(made=some_catalogs)
def test_services_of_any_programs_are_valid(
    made: list[Program], service_errors: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    catalog = catalog_of(made, folder)
    page = json.loads(exported(catalog, "hsds", folder).read_text(encoding="utf-8"))
    assert [error for one in page["contents"] for error in service_errors(one)] == []
    assert table_errors(exported(catalog, "hsds-csv", folder)) == []


@HSDS.skip
def test_tables_are_valid_by_the_specifications_data_package(sample: Catalog, tmp_path: Path) -> None:
    path = exported(sample, "hsds-csv", tmp_path)
    assert table_errors(path) == []
    own = json.loads(zipfile.ZipFile(path).read("datapackage.json"))
    assert [one["path"] for one in own["resources"]] == [
        name for name in zipfile.ZipFile(path).namelist() if name.endswith(".csv")
    ]


def table_errors(path: Path) -> list[str]:
    """What the data package finds wrong in the tables: columns, blanks, types, values, ids and references."""
    package = json.loads((HSDS.path / "datapackage.json").read_text(encoding="utf-8"))
    known = {resource["path"]: resource for resource in package["resources"]}
    by_name = {resource["name"]: resource["path"] for resource in package["resources"]}
    with zipfile.ZipFile(path) as archive:
        tables = {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode())))
            for name in archive.namelist()
            if name.endswith(".csv")
        }
    errors = [f"{name} is no table" for name in tables if name not in known]
    for name, rows in tables.items():
        fields = {field["name"]: field for field in known[name]["schema"]["fields"]}
        for row in rows:
            errors += [f"{name} has no column {column}" for column in row if column not in fields]
            errors += [
                f"{name}.{column}: {cell!r} {wrong}"
                for column, field in fields.items()
                if (wrong := _wrong(cell := row.get(column, ""), field))
            ]
        for column, field in fields.items():
            cells = [row[column] for row in rows if row.get(column)]
            if field.get("constraints", {}).get("unique") and len(cells) != len(set(cells)):
                errors.append(f"{name}.{column} holds a value twice")
        for key in known[name]["schema"].get("foreignKeys", ()):
            column = key["fields"] if isinstance(key["fields"], str) else key["fields"][0]
            there = {row["id"] for row in tables.get(by_name[key["reference"]["resource"]], ())}
            errors += [
                f"{name}.{column}: {row[column]} is nowhere"
                for row in rows
                if row.get(column) and row[column] not in there
            ]
    return errors


def _wrong(cell: str, field: dict[str, Any]) -> str:
    limits = field.get("constraints", {})
    if not cell:
        return "is missing" if limits.get("required") else ""
    if limits.get("enum") and cell not in limits["enum"]:
        return "is none of the values"
    try:
        match field.get("format") or field["type"]:
            case "uuid":
                uuid.UUID(cell)
            case "number":
                float(cell)
            case "date":
                assert re.fullmatch(r"\d{4}-\d\d-\d\d", cell)
            case "time":
                assert re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?", cell)
            case "uri":
                assert re.fullmatch(r"https?://\S+", cell)
    except (ValueError, AssertionError):
        return "is of another type"
    return ""


def bundle(catalog: Catalog, folder: Path) -> dict[str, Any]:
    """The Bundle, after FHIR's models have found nothing wrong in it."""
    from fhir.resources.R4B.bundle import Bundle

    found: dict[str, Any] = json.loads(exported(catalog, "fhir", folder).read_text(encoding="utf-8"))
    Bundle.model_validate(found)
    return found


def test_a_bundle_is_valid_and_every_reference_leads_somewhere(sample: Catalog, tmp_path: Path) -> None:
    found = bundle(sample, tmp_path)
    urls = [entry["fullUrl"] for entry in found["entry"]]
    assert len(set(urls)) == len(urls)
    seen: set[str] = set()
    for entry in found["entry"]:
        referred = set(re.findall(r'"reference": "([^"]+)"', json.dumps(entry)))
        assert referred <= seen, "what is referred to comes first"
        seen.add(entry["fullUrl"])
        assert entry["resource"]["meta"]["tag"][0]["code"] == "HTEST"
    kinds = [entry["resource"]["resourceType"] for entry in found["entry"]]
    assert kinds.count("HealthcareService") == len(sample.programs)


@RANDOM
@given(made=some_catalogs)
def test_bundles_of_any_programs_are_valid(
    made: list[Program], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    bundle(catalog_of(made, folder), folder)


def test_plan_nets_extensions_say_what_is_known_and_nothing_else(tmp_path: Path) -> None:
    base: Written = {"id": "a", "name": "A", "field": ["mental-health"], "level": "op"}
    said: dict[str, Written] = {
        "b": {"delivery": {"in_person": True, "virtual": False}, "availability": {"status": "capacity"}},
        "c": {"delivery": "virtual", "availability": {"status": "no-capacity"}},
        "d": {"delivery": "hybrid", "availability": {"status": "waitlist"}},
    }
    catalog = loaded([base, *({**base, "id": id_} | more for id_, more in said.items())], {}, tmp_path)
    services = [
        entry["resource"]
        for entry in bundle(catalog, tmp_path)["entry"]
        if entry["resource"]["resourceType"] == "HealthcareService"
    ]
    assert [_codes(one) for one in services] == [
        [],
        [("delivery-method", "physical"), ("newpatients", "newpt")],
        [("delivery-method", "virtual"), ("newpatients", "nopt")],
        [("delivery-method", "physical"), ("delivery-method", "virtual")],
    ]


def _codes(service: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (one["url"].rsplit("/", 1)[1], one["extension"][0]["valueCodeableConcept"]["coding"][0]["code"])
        for one in service.get("extension", ())
    ]


def test_hours_over_midnight_end_there_and_go_on_the_next_day(tmp_path: Path) -> None:
    program: Written = {
        "id": "a", "name": "A", "field": ["mental-health"], "level": "op",
        "office_hours": {"mon": "22:00-02:00", "tue": "closed", "sun": "00:00-24:00"},
    }  # fmt: skip
    catalog = loaded([program], {}, tmp_path)
    export(content(catalog), "fhir", tmp_path / "b.json")
    service = bundle(catalog, tmp_path)["entry"][-1]["resource"]
    assert service["availableTime"] == [
        {"daysOfWeek": ["mon"], "availableStartTime": "22:00:00", "availableEndTime": "23:59:59"},
        {"daysOfWeek": ["tue"], "availableStartTime": "00:00:00", "availableEndTime": "02:00:00"},
        {"daysOfWeek": ["sun"], "allDay": True},
    ]


def test_nothing_of_fhirs_models_is_needed_to_export() -> None:
    source = Path(__file__).resolve().parents[2] / "src"
    assert not [path for path in source.rglob("*.py") if re.search(r"(import|from) fhir\.", path.read_text())]
