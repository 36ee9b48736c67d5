"""One record of OwnPath's file as programs, one for each outpatient level of care it lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from opmatch.formats.clock_words import stretch
from opmatch.formats.file_dates import read_day
from opmatch.formats.imported import Written
from opmatch.formats.opening_hours import DAY_NAMES, office_hours
from opmatch.formats.ownpath_record import Levels, Record
from opmatch.formats.ownpath_terms import Entry, Says, Telehealth, parts, terms
from opmatch.formats.plain_text import LONG, clean, coordinates, state_code, web_address, without_blanks
from opmatch.model.program import Level
from opmatch.model.week import Span

STATE: Final = "CO"
TIME_ZONE: Final = "America/Denver"  # all of Colorado
DAY_TREATMENT_NOTE: Final = "The mental-health care is called day treatment: ask for how many hours a week."
DOSING: Final = Says(
    treats=("opioid",), approaches=("moud",), say="Doses of an opioid treatment program are given on site."
)
_DRIVING: Final = Says(specializes_in=("dui-dwi",))
_SAYS_NOTHING: Final = ("", "none", "n/a", "na")
_LEAST_PHONE_DIGITS: Final = 10


def programs(record: Record, levels: Levels, as_of: dt.date | None) -> list[Written]:
    """The programs of one record, without `id` and `source`, in level order; `levels` are the record's own.

    `as_of` is the day of the file. What can't be read is in the record's doubts and in the notes.
    """
    form_day = _form_day(record, as_of)
    entry = _who_may_enter(record)
    telehealth = _telehealth(record)
    everywhere = [
        *record.known("Accessibility", terms().accessibility),
        *(Says(welcomes=groups) for groups in record.known("PopulationServed", terms().populations)),
    ]
    in_substance_use = _licensed(record)
    payers = record.known("Fees", terms().fees)
    languages = _languages(record)
    common = {
        "site": _site(record),
        "payers": list(dict.fromkeys(payers)),
        # What couldn't be read may be one that would then seem not to be taken.
        "payers_complete": False if payers and record.doubts.of("Fees") else None,
        "languages": languages,
        "office_hours": _office_hours(record),
        "availability": _availability(record, form_day),
        "intake": _intake(record),
        "verified": without_blanks(date=form_day, by="the provider's own form" if form_day else ""),
        "licensed_states": [STATE],
        "time_zone": TIME_ZONE if record.address is None else "",
    }
    remarks = _telehealth_remarks(record, telehealth)
    left_out = record.doubts.notes()
    made = []
    for level, fields in levels.items():
        says = [*everywhere, *(in_substance_use if "substance-use" in fields else [])]
        notes = [
            *((entry.say,) if entry is not None and entry.say else ()),
            *((DAY_TREATMENT_NOTE,) if level == "php" and "mental-health" in fields else ()),
            *(one.say for one in says if one.say),
            *remarks,
            *left_out,
        ]
        written: Written = {
            "name": record.name,
            "organization": _organization(record),
            "field": list(fields),
            "level": level,
            "delivery": _delivery(record, level, telehealth),
            **_facts(says, entry),
            **common,
            "notes": notes,
        }
        made.append(without_blanks(**written))
    return made


def _facts(says: Iterable[Says], entry: Entry | None) -> Written:
    def every(name: str) -> list[str]:
        return list(dict.fromkeys(value for one in says for value in getattr(one, name)))

    says = list(says)
    specializes = every("specializes_in")
    only = [] if entry is None else entry.only if entry.only == "unknown" else list(entry.only)
    return {
        "needs": without_blanks(treats=every("treats")),
        "approaches": every("approaches"),
        "populations": without_blanks(
            specializes=specializes,
            welcomes=[group for group in every("welcomes") if group not in specializes],
            only=only,
        ),
        "supports": every("supports"),
    }


def _licensed(record: Record) -> list[Says]:
    """What the record's substance-use services say beyond their levels; the levels' reading tells doubts."""
    found = [
        terms().services[value.casefold()]
        for value in parts(record.text("SubstanceUseServices"))
        if value.casefold() in terms().services
    ]
    if record.flag("OpioidTreatmentPrograms"):
        found.append(DOSING)
    if record.flag("DUIDWI"):
        found.append(_DRIVING)
    return list(dict.fromkeys(found))


def _organization(record: Record) -> str:
    # Accounts are named "organization - site". A hidden place's account name gives it away.
    return "" if record.hidden else clean(record.text("AccountName").split(" - ", 1)[0])


def _who_may_enter(record: Record) -> Entry | None:
    names = f"{record.text('AccountName')}\n{record.text('DisplayName')}"
    return next((entry for entry in terms().who_may_enter if entry.fits(names)), None)


def _telehealth(record: Record) -> Telehealth | None:
    found = record.known("OffersTelehealth", terms().telehealth)
    return found[0] if len(found) == 1 else None


def _delivery(record: Record, level: Level, telehealth: Telehealth | None) -> Written:
    if level == "op" and _only_dosing(record):
        return {"in_person": True, "virtual": False}
    if telehealth is None:
        return {"in_person": True, "virtual": "unknown"}
    return {"in_person": telehealth.in_person, "virtual": telehealth.virtual}


def _only_dosing(record: Record) -> bool:
    """Whether the opioid-treatment flag alone makes the record outpatient: a dose is taken on site."""
    named = {
        terms().levels[column].get(value.casefold())
        for column in terms().levels
        for value in parts(record.text(column))
    }
    return record.flag("OpioidTreatmentPrograms") and not named - {None}


def _telehealth_remarks(record: Record, telehealth: Telehealth | None) -> list[str]:
    restrictions = clean(record.text("TelehealthRestrictions"), LONG)
    return [
        *((telehealth.say,) if telehealth is not None and telehealth.say else ()),
        *((f"Telehealth: {restrictions}",) if restrictions.casefold() not in _SAYS_NOTHING else ()),
    ]


def _languages(record: Record) -> list[str | Written]:
    found = list(dict.fromkeys(record.known("LanguagesSpoken", terms().languages)))
    if sum(language != "en" for language in found) <= terms().most_by_staff:
        return found
    return [one if one == "en" else {"id": one, "by": "interpreter"} for one in found]


def _site(record: Record) -> Written:
    point = coordinates(record.text("lat"), record.text("lon"))
    if point is None and (record.text("lat") or record.text("lon")):
        record.doubts.add("lat, lon", f"{record.text('lat')}, {record.text('lon')}", "no place on the map")
    if record.hidden:
        return {"state": STATE, **(point or {}), "confidential": True}
    address = record.address
    if address is None:
        if written := record.text("AddressOneLine"):
            record.doubts.add("AddressOneLine", written, "not an address with a city, a state and a ZIP")
        return {"state": STATE, **(point or {})}
    street, city, state, zip_code = address
    code = state_code(state)
    if not code:
        record.doubts.add("AddressOneLine", record.text("AddressOneLine"), f"no state is called {state!r}")
    return without_blanks(street=street, city=city, state=code, zip=zip_code, **(point or {}))


def _office_hours(record: Record) -> Written:
    days: dict[int, list[Span]] = {}
    for day, name in enumerate(DAY_NAMES):
        column = f"HoursofOperation{name}"
        if not (text := record.text(column)):
            continue
        found = stretch(text)
        if record.flag("OpioidTreatmentPrograms"):
            record.doubts.add(column, text, "dosing hours of an opioid treatment program")
        elif found == "closed":
            days[day] = []
        elif isinstance(found, str):
            record.doubts.add(column, text, found)
        else:
            days[day] = [found]
    return office_hours(days)


def _form_day(record: Record, as_of: dt.date | None) -> dt.date | None:
    column = "ProviderDirectoryFormModifiedDate"
    if not (text := record.text(column)):
        return None
    day = read_day(text)
    if day is None:
        record.doubts.add(column, text, "not a day")
    elif as_of is not None and day > as_of:
        record.doubts.add(column, text, "after the day of the file")
        return None
    return day


def _availability(record: Record, form_day: dt.date | None) -> Written:
    answer = record.text("AcceptingNewPatients").casefold()
    status = {"yes": "capacity", "no": "no-capacity"}.get(answer)
    if status is None:
        if answer:
            record.doubts.add("AcceptingNewPatients", answer, "neither yes nor no")
        return {}
    return without_blanks(status=status, as_of=form_day)


def _intake(record: Record) -> Written:
    phone, website = clean(record.text("Phone")), record.text("Website")
    url = web_address(website)
    if website and not url:
        record.doubts.add("Website", website, "not a web address")
    if phone and sum(letter.isdigit() for letter in phone) < _LEAST_PHONE_DIGITS:
        record.doubts.add("Phone", phone, "not a phone number with an area code")
        phone = ""
    return without_blanks(phone=phone, url=url)
