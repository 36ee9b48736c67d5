"""A catalog as a FHIR R4 Bundle of Organization, Location and HealthcareService."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from opmatch.catalog.as_written import Written, as_written
from opmatch.formats.exported import Content
from opmatch.formats.fhir_places import location, organization
from opmatch.formats.fhir_service import healthcare_service


def write_fhir(content: Content, path: Path) -> None:
    """A Bundle of type collection, a resource a line, each before those that refer to it."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{_text({"resourceType": "Bundle", "type": "collection"})[:-1]}, "entry": [')
        between = "\n"
        for resource in resources(content):
            entry = {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource}
            file.write(between + _text(entry))
            between = ",\n"
        file.write("\n]}\n")


def resources(content: Content) -> Iterator[Written]:
    """The resources of every program; organizations that several programs share come once."""
    seen: set[str] = set()
    for program in content.each():
        written = as_written(program)
        owner = organization(program, sample=content.sample)
        if owner["id"] not in seen:
            seen.add(owner["id"])
            yield owner
        place = location(program, written, owner["id"], sample=content.sample)
        if place is not None:
            yield place
        yield healthcare_service(program, written, owner["id"], place, sample=content.sample)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
