"""Who offers a program, as a FHIR Organization, with the place as a Location."""

from __future__ import annotations

from typing import Any, Final

from opmatch.catalog.as_written import Written, known
from opmatch.formats.hsds_own import stable_id
from opmatch.model.program import Program, Tri

_MASKED: Final = {
    "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
    "valueCode": "masked",
}
_TEST: Final = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-ActReason",
    "code": "HTEST",
    "display": "test health data",
}


def organization(program: Program, *, sample: bool) -> Written:
    """Who runs the program; it itself, where nobody is named."""
    name = program.organization or program.name
    return {
        "resourceType": "Organization",
        "id": stable_id("organization", name),
        **meta(sample=sample),
        "active": True,
        "name": title(name, sample=sample),
    }


def location(program: Program, written: Written, owner: str, *, sample: bool) -> Written | None:
    """The program's place, None where nothing is known of it.

    A confidential one has its state, the centre of a coarse cell of the map, and an address that is masked.
    """
    site = written.get("site", {})
    if not site:
        return None
    hidden = site.get("confidential") is True
    point = {"longitude": site["longitude"], "latitude": site["latitude"]} if "latitude" in site else None
    virtual = program.in_person is Tri.NO and program.virtual is Tri.YES
    return {
        "resourceType": "Location",
        "id": stable_id("location", program.id),
        **meta(sample=sample),
        **known(
            name=title(program.name, sample=sample),
            description=(
                "Confidential address: the position is the centre of a coarse cell of the map."
                if hidden
                else None
            ),
            mode="instance",
            address=known(
                extension=[_MASKED] if hidden else None,
                line=[site["street"]] if "street" in site else None,
                city=site.get("city"),
                state=site.get("state"),
                postalCode=site.get("zip"),
                country="US" if "state" in site else None,
            ),
            position=point,
            physicalType={"text": "virtual care; an office address"} if virtual else None,
            managingOrganization=reference("Organization", owner),
        ),
    }


def reference(kind: str, id_: str) -> dict[str, Any]:
    """A reference to a resource of the same Bundle."""
    return {"reference": f"urn:uuid:{id_}", "type": kind}


def meta(*, sample: bool) -> Written:
    """Fictional data carry the tag that FHIR has for test data."""
    return {"meta": {"tag": [_TEST]}} if sample else {}


def title(name: str, *, sample: bool) -> str:
    """A name, marked where it is made up."""
    return f"{name} (fictional)" if sample else name
