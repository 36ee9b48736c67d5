"""A program as a FHIR R4 HealthcareService."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from opmatch.catalog.as_written import Written, known
from opmatch.formats.fhir_hours import available_times
from opmatch.formats.fhir_places import meta, reference, title
from opmatch.formats.hsds_own import stable_id
from opmatch.formats.plain_out_tracks import age_texts
from opmatch.model.program import Program, Tri
from opmatch.vocabulary.load import load
from opmatch.vocabulary.terms import Kind

_PLAN_NET: Final = "http://hl7.org/fhir/us/davinci-pdex-plan-net"
_OWN: Final = "urn:opmatch"
_NEW_PATIENTS: Final = {
    "capacity": ("newpt", "Accepting"),
    "no-capacity": ("nopt", "Not accepting"),
}  # a waitlist or an assessment first is neither
_ASK: Final = "to be asked: the listing doesn't say who may enter"


def healthcare_service(
    program: Program, written: Written, owner: str, place: Written | None, *, sample: bool
) -> Written:
    """The service; what isn't known, or FHIR has no element for, isn't there."""
    intake, verified = written.get("intake", {}), program.verified.date
    times, what = available_times(program)
    return {
        "resourceType": "HealthcareService",
        "id": stable_id("service", program.id),
        **meta(sample=sample),
        **known(
            extension=[*_delivery(program), *_new_patients(program)],
            identifier=[{"system": _OWN, "value": program.id}],
            active={"active": True, "paused": None, "closed": False}[program.status],
            providedBy=reference("Organization", owner),
            category=[
                {
                    "coding": [
                        {"system": f"{_PLAN_NET}/CodeSystem/HealthcareServiceCategoryCS", "code": "outpat"}
                    ]
                }
            ],
            type=[_concept("level", program.level)],
            specialty=[{"text": field.replace("-", " ")} for field in program.fields],
            location=[reference("Location", place["id"])] if place is not None else None,
            name=title(program.name, sample=sample),
            comment="Fictional: there is no such program." if sample else None,
            extraDetails=_markdown(
                *program.notes,
                *(["Paused at the time of listing."] if program.status == "paused" else []),
                *([f"Facts last confirmed on {verified}."] if verified else []),
            ),
            telecom=[
                {"system": system, "value": intake[key]}
                for system, key in (("phone", "phone"), ("url", "url"))
                if key in intake
            ],
            serviceProvisionCode=_provision(program),
            eligibility=_eligibility(program, written),
            program=[_concept("service", one) for one in program.services],
            characteristic=[
                *_labelled("Specializes in", "need", program.needs.specializes),
                *_labelled("Treats", "need", program.needs.treats),
                *_labelled(
                    "Offers", "approach", (one.id for one in program.approaches if one.offered is Tri.YES)
                ),
                *_labelled("Has a program for", "population", program.populations.specializes),
                *_labelled("Welcomes", "population", program.populations.welcomes),
                *_labelled("Supports", "support", program.supports),
                *_labelled("Takes", "payer", (one.id for one in program.payers or ())),
            ],
            communication=[_language(one.id) for one in program.languages],
            availableTime=times,
            availabilityExceptions=what,
        ),
    }


def _delivery(program: Program) -> list[Written]:
    """Plan-Net's delivery-method, once for each way that is known to be offered."""
    ways = ((program.in_person, "physical", "Physical"), (program.virtual, "virtual", "Virtual"))
    return [
        _extension("delivery-method", "type", "DeliveryMethodCS", code, display)
        for known_, code, display in ways
        if known_ is Tri.YES
    ]


def _new_patients(program: Program) -> list[Written]:
    """Plan-Net's newpatients, where a listing says yes or no."""
    found = _NEW_PATIENTS.get(program.availability.status or "")
    if found is None:
        return []
    return [_extension("newpatients", "acceptingPatients", "AcceptingPatientsCS", *found)]


def _extension(name: str, part: str, codes: str, code: str, display: str) -> Written:
    coding = {"system": f"{_PLAN_NET}/CodeSystem/{codes}", "code": code, "display": display}
    return {
        "url": f"{_PLAN_NET}/StructureDefinition/{name}",
        "extension": [{"url": part, "valueCodeableConcept": {"coding": [coding]}}],
    }


def _provision(program: Program) -> list[Written]:
    """What is said of costs that FHIR's codes can say: free care."""
    free = any(one.id == "free" for one in program.payers or ())
    code = {"system": "http://terminology.hl7.org/CodeSystem/service-provision-conditions", "code": "free"}
    return [{"coding": [code]}] if free else []


def _eligibility(program: Program, written: Written) -> list[Written]:
    ages = age_texts(written.get("ages", ()), ", ")
    limits = (
        ("Ages", ages),
        ("Genders", _names("gender", program.genders or ())),
        ("Only for", _names("population", program.populations.only)),
        (
            "Only for",
            "to be asked: the listing doesn't say who may enter" if program.populations.only_unknown else "",
        ),
        ("Not for", _names("population", program.populations.excludes)),
        ("Limited to", _names("need", program.needs.only)),
        ("Doesn't treat", _names("need", program.needs.excludes)),
    )
    return [{"code": {"text": label}, "comment": text} for label, text in limits if text]


def _offered(program: Program) -> Iterable[str]:
    return (one.id for one in program.approaches if one.offered is Tri.YES)


def _labelled(label: str, kind: Kind, ids: Iterable[str]) -> list[Written]:
    return [{**_concept(kind, id_), "text": f"{label}: {load().label(kind, id_)}"} for id_ in ids]


def _names(kind: Kind, ids: Iterable[str]) -> str:
    return ", ".join(load().label(kind, id_) for id_ in ids)


def _concept(kind: Kind, id_: str) -> Written:
    name = load().label(kind, id_)
    return {
        "coding": [{"system": f"{_OWN}:{kind.replace(' ', '-')}", "code": id_, "display": name}],
        "text": name,
    }


def _language(id_: str) -> dict[str, Any]:
    return {
        "coding": [{"system": "urn:ietf:bcp:47", "code": id_, "display": load().label("language", id_)}],
        "text": load().label("language", id_),
    }


def _markdown(*texts: str) -> str:
    return "\n\n".join(texts)
