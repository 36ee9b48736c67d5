"""A service at a location as programs, one for each level of care it has."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Final

from opmatch.formats.doubts import Doubts
from opmatch.formats.file_dates import read_day
from opmatch.formats.hsds_contact import is_here, phones_of, url_of
from opmatch.formats.hsds_hours import opening_days
from opmatch.formats.hsds_kinds import Kind
from opmatch.formats.hsds_money import money
from opmatch.formats.hsds_place import address_of, delivery, site
from opmatch.formats.hsds_remarks import NOTHING, remarks
from opmatch.formats.hsds_shapes import tell_other_shapes, text_rows
from opmatch.formats.hsds_trees import Node, Offer, identifier, nodes, texts_of
from opmatch.formats.hsds_words import (
    language_id,
    meant_by,
    status_of,
    supports_in,
    terms_of,
)
from opmatch.formats.imported import Written
from opmatch.formats.opening_hours import office_hours
from opmatch.formats.plain_text import prose, scalar, without_blanks

_OLDEST: Final = 200  # years
_LONGEST: Final = 480  # characters of a text the format keeps to 500
_WAIT: Final = re.compile(r"(?:about\s+)?([0-9]{1,3})\s*(day|week|month)s?", re.IGNORECASE)
_DAYS: Final = {"day": 1, "week": 7, "month": 30}
_NO_WAIT: Final = ("no wait", "none", "no waiting list", "no wait list", "no waitlist")
_SCHEDULES: Final = ("schedules", "regular_schedules", "regular_schedule")


def programs(offer: Offer, kind: Kind, as_of: dt.date | None, doubts: Doubts) -> list[Written]:
    """The programs of one service at one location, without `id` and `source`, in level order."""
    service, organization = offer.service, offer.organization
    tell_other_shapes(offer, doubts)
    newest = _newest(service, as_of)
    terms = terms_of(service)
    meant = meant_by(terms)
    fees, payers, fee_notes = money(service, doubts)
    phones = phones_of(offer, doubts)
    accessibility = texts_of(
        nodes(offer.location, "accessibility", "accessibility_for_disabilities"),
        "description",
        "accessibility",
    )
    common: Written = {
        "name": prose(service.get("name"), 200),
        "organization": prose(organization.get("name"), 200),
        "field": list(kind.fields),
        "status": _status(service, doubts),
        "delivery": delivery(offer.location),
        "site": site(offer.location, doubts),
        "ages": _ages(service, doubts),
        "needs": without_blanks(treats=meant["need"]),
        "approaches": meant["approach"],
        "services": meant["service"],
        "populations": without_blanks(welcomes=meant["population"]),
        "payers": payers,
        "payers_complete": False if payers else None,
        "fees": fees,
        "languages": _languages(offer, doubts),
        "interpreters": True if _interprets(service) else None,
        "supports": list(dict.fromkeys([*meant["support"], *supports_in(" ; ".join(accessibility))])),
        "office_hours": office_hours(opening_days(_schedules(offer), newest, doubts)),
        "availability": _availability(service, newest),
        "intake": without_blanks(
            phone=phones[0] if phones else "",
            url=url_of(service, organization, doubts),
            documents=texts_of(nodes(service, "required_documents"), "document", longest=_LONGEST),
            steps=list(filter(None, [prose(service.get("application_process"), _LONGEST)])),
        ),
        "verified": _verified(service, as_of, doubts),
        "accreditation": list(filter(None, [prose(service.get("accreditations"), _LONGEST)])),
    }
    notes = [
        *remarks(offer, terms),
        *fee_notes,
        *(f"Accessibility: {text}" for text in accessibility),
        *([f"Other numbers: {', '.join(phones[1:6])}."] if len(phones) > 1 else []),
        *doubts.notes(),
    ]
    common["notes"] = list(dict.fromkeys(notes))
    return [without_blanks(**_with_level(common, level)) for level in kind.levels]


def _with_level(common: Written, level: str) -> Written:
    head = {key: common[key] for key in ("name", "organization", "field")}
    return {**head, "level": level, **{key: value for key, value in common.items() if key not in head}}


def identity(offer: Offer) -> tuple[str, ...]:
    """Texts for an id: names and ZIP, then what tells namesakes apart, the most lasting first."""
    street, _city, _state, zip_code = address_of(offer.location)
    name = f"{prose(offer.organization.get('name'), 200)} {prose(offer.service.get('name'), 200)}".strip()
    return name, zip_code, street, identifier(offer.service), identifier(offer.location)


def _newest(service: Node, as_of: dt.date | None) -> dt.date | None:
    """The newest day the record tells of itself, or the day of the file."""
    told = [read_day(scalar(service.get(name))) for name in ("last_modified", "assured_date")]
    days = [day for day in (*told, as_of) if day is not None]
    return max(days) if days else None


def _status(service: Node, doubts: Doubts) -> str:
    text = prose(service.get("status"), 60)
    if not text:
        return ""
    status = status_of(text)
    if status is None:
        doubts.add("status", text, "not a status that is known")
    return "" if status in (None, "active") else str(status)


def _ages(service: Node, doubts: Doubts) -> list[Written]:
    low, high = (_years(service, name, doubts) for name in ("minimum_age", "maximum_age"))
    half = doubts.of("minimum_age") or doubts.of("maximum_age")
    if low is None and high is None:
        return []
    if high == 0 or (low is not None and high is not None and low > high):
        doubts.add("minimum_age, maximum_age", f"{low}, {high}", "no range of ages")
        return []
    # With one end unread nobody knows who within the other is served.
    return [without_blanks(min=low, max=high, sure=False if half else None)]


def _years(service: Node, name: str, doubts: Doubts) -> int | None:
    text = scalar(service.get(name)).strip()
    if text.casefold() in NOTHING:
        return None
    try:
        years = float(text)
    except ValueError:
        years = -1.0
    if not 0 <= years <= _OLDEST or not years.is_integer():
        doubts.add(name, text, "not an age in whole years")
        return None
    return int(years)


def _languages(offer: Offer, doubts: Doubts) -> list[str | Written]:
    out: dict[str, str | Written] = {}
    for entry in (
        row for one in (offer.service, offer.location) for row in text_rows(one, "languages", "name")
    ):
        code, name = prose(entry.get("code"), 20), prose(entry.get("name") or entry.get("language"), 60)
        found = language_id(code, name)
        if not found and (code or name):
            doubts.add("language", name or code, "not a language that is known")
        elif found:
            note = prose(entry.get("note"), 200)
            by_interpreter = re.search(r"interpret|translat", note, re.IGNORECASE) is not None
            out.setdefault(found, {"id": found, "by": "interpreter"} if by_interpreter else found)
    return list(out.values())


def _interprets(service: Node) -> bool:
    text = prose(service.get("interpretation_services")).casefold()
    return text not in NOTHING and re.search(r"\b(no|not|none|unavailable)\b", text) is None


def _schedules(offer: Offer) -> list[Any]:
    """The schedules nearest to this service at this location."""
    for record in (offer.at, offer.service, offer.location):
        texts = [text for name in _SCHEDULES if isinstance(text := record.get(name), str) and text.strip()]
        found = [one for one in (*nodes(record, *_SCHEDULES), *texts) if is_here(one, offer)]
        if found:
            return found
    return []


def _availability(service: Node, newest: dt.date | None) -> Written:
    text = prose(service.get("wait_time"), 60)
    if text.casefold() in _NO_WAIT[:1] + _NO_WAIT[2:]:
        return without_blanks(wait_days=0, as_of=newest)
    found = _WAIT.fullmatch(text)
    return without_blanks(wait_days=int(found[1]) * _DAYS[found[2].lower()], as_of=newest) if found else {}


def _verified(service: Node, as_of: dt.date | None, doubts: Doubts) -> Written:
    text = prose(service.get("assured_date"), 60)
    day = read_day(text)
    if day is None or (as_of is not None and day > as_of):
        if text.casefold() not in NOTHING:
            doubts.add("assured_date", text, "not a day" if day is None else "after the day of the data")
        return {}
    return {"date": day, "by": "the listing's own check"}
