"""A program as a service of the Human Services Data Specification 3.1, at its location."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from opmatch.catalog.as_written import Written, as_written, known
from opmatch.formats.doubts import Doubts
from opmatch.formats.exported import Content
from opmatch.formats.hsds_facts import programs
from opmatch.formats.hsds_kinds import Kind
from opmatch.formats.hsds_out_schedules import schedules
from opmatch.formats.hsds_own import CATALOG, attributes, facts_of, stable_id, unread
from opmatch.formats.hsds_trees import Offer, offers
from opmatch.model.program import Program, Tri
from opmatch.vocabulary.load import load

_STATUS: Final = {"active": "active", "paused": "temporarily closed", "closed": "defunct"}
_FIELDS: Final = {"mental-health": "mental health", "substance-use": "substance use"}
_HIDDEN: Final = "Confidential address"
# The import reads these by the day of its file, which the fields alone would change.
_ALWAYS: Final = ("id", "level", "field", "source", "availability", "verified", CATALOG)
SOURCE: Final = "hsds"  # as the import calls it
_LONGEST: Final = 4000  # characters of a description


def service(program: Program, content: Content) -> Written:
    """The service with all that belongs to it, nested. Each fact is in the specification's own field for it.

    What these fields don't give back exactly, as the import reads them, is told by attributes besides.
    """
    wanted = as_written(program)
    id_ = stable_id("service", program.id)
    made = _service(program, wanted, id_, sample=content.sample)
    read = _read_back(made, program)
    header = {CATALOG: content.header}
    own = unread(facts_of(read), facts_of(wanted) | header, _ALWAYS)
    return {**made, "attributes": attributes(id_, own)}


def _service(program: Program, wanted: Written, id_: str, *, sample: bool) -> Written:
    intake, ages = wanted.get("intake", {}), wanted.get("ages", [])
    one_range = ages[0] if len(ages) == 1 and ages[0].get("sure", True) else {}
    organization = program.organization or program.name
    return known(
        id=id_,
        name=f"{program.name} (fictional)" if sample else program.name,
        status=_STATUS[program.status],
        description=_description(program),
        alert="Fictional: there is no such program." if sample else None,
        url=intake.get("url"),
        minimum_age=one_range.get("min"),
        maximum_age=one_range.get("max"),
        fees_description=_payers(program),
        cost_options=_visit(program, id_),
        interpretation_services=_INTERPRETERS.get(wanted.get("interpreters")),
        wait_time=_wait(program),
        assured_date=program.verified.date and program.verified.date.isoformat(),
        accreditations="; ".join(program.accreditation),
        application_process=" ".join(program.intake.steps),
        required_documents=[
            {"id": stable_id("document", id_, text), "service_id": id_, "document": text}
            for text in dict.fromkeys(program.intake.documents)
        ],
        phones=[
            {"id": stable_id("phone", id_), "service_id": id_, "number": number, "type": "voice"}
            for number in [intake.get("phone")]
            if number
        ],
        languages=[
            {
                "id": stable_id("language", id_, one.id),
                "service_id": id_,
                "name": load().label("language", one.id),
                "code": one.id,
                **({"note": "by an interpreter"} if one.by == "interpreter" else {}),
            }
            for one in program.languages
        ],
        schedules=schedules(wanted.get("office_hours", {}), id_),
        organization=known(
            id=stable_id("organization", organization),
            name=organization,
            description=f"Offers {'fictional ' if sample else ''}outpatient programs.",
        ),
        service_at_locations=_places(program, wanted.get("site", {}), id_),
    )


_INTERPRETERS: Final[dict[bool | None, str]] = {True: "Interpreters on request", False: "No interpreters"}


def _read_back(made: Written, program: Program) -> Written:
    """The program that an import reads from the service's own fields, as far as they go."""
    (offer,) = (one for one in offers(_without_null(made)) if isinstance(one, Offer))
    (found,) = programs(offer, Kind(program.fields, (program.level,)), None, Doubts())
    # The import says where a program is from, unless it is told.
    return {**found, "source": {"name": SOURCE, "record": made["id"]}}


def _without_null(value: Any) -> Any:
    """`value` without texts that read null, which tables don't tell from nothing."""
    if isinstance(value, dict):
        return {key: _without_null(one) for key, one in value.items() if one != "null"}
    return [_without_null(one) for one in value if one != "null"] if isinstance(value, list) else value


def _description(program: Program) -> str:
    level = load().label("level", program.level)
    fields = " and ".join(_FIELDS[field] for field in program.fields)
    return " ".join([f"{level}, {fields}.", *program.notes])[:_LONGEST]


def _payers(program: Program) -> str:
    names = [load().label("payer", one.id) for one in program.payers or ()]
    more = "" if program.payers_complete and program.origin.payers_over is None else ", and perhaps others"
    least = program.fees.sliding_scale_from
    texts = [
        f"Payers listed: {', '.join(names)}{more}." if names else "",
        f"Sliding scale from ${least:g} a visit." if least is not None else "",
    ]
    return " ".join(filter(None, texts))


def _visit(program: Program, id_: str) -> list[Written]:
    if program.fees.visit is None:
        return []
    amount = {"currency": "USD", "amount": program.fees.visit, "amount_description": "per visit"}
    return [{"id": stable_id("cost", id_), "service_id": id_, **amount}]


def _wait(program: Program) -> str | None:
    days = program.availability.wait_days
    return None if days is None else f"{days} day{'' if days == 1 else 's'}"


def _places(program: Program, site: Mapping[str, Any], id_: str) -> list[Written]:
    """The location as a list of one; none where nothing is known of it."""
    hidden = site.get("confidential") is True
    virtual = program.in_person is Tri.NO and program.virtual is Tri.YES
    if not site and not virtual:
        return []
    place = stable_id("location", program.id)
    location = known(
        id=place,
        location_type="virtual" if virtual else "physical",
        name=_HIDDEN if hidden else None,
        latitude=site.get("latitude"),
        longitude=site.get("longitude"),
        addresses=_addresses(site, place),
    )
    return [
        {"id": stable_id("at", program.id), "service_id": id_, "location_id": place, "location": location}
    ]


def _addresses(site: Mapping[str, Any], place: str) -> list[Written]:
    # The specification takes whole addresses only; of others the import learns by attributes.
    if not all(site.get(name) for name in ("street", "city", "state", "zip")):
        return []
    return [
        {
            "id": stable_id("address", place),
            "location_id": place,
            "address_1": site["street"],
            "city": site["city"],
            "state_province": site["state"],
            "postal_code": site["zip"],
            "country": "US",
            "address_type": "physical",
        }
    ]
