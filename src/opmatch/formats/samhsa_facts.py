"""One record of a SAMHSA directory as programs, one for each outpatient level of care it lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Final

from opmatch.formats.doubts import Doubts
from opmatch.formats.imported import Written
from opmatch.formats.plain_text import clean, five_digits, state_code
from opmatch.formats.samhsa_ages import ages
from opmatch.formats.samhsa_codes import LISTS, Directory
from opmatch.model.program import LEVELS, Level

MEDICARE_IOP_BEGAN: Final = dt.date(2024, 1, 1)  # 42 CFR 410.44, CY 2024 OPPS final rule
_MEDICARE_NOTE: Final = (
    "Listed as taking Medicare before Medicare covered intensive outpatient care: ask whether it does now."
)

Facts = dict[str, list[Any]]


def known_codes(text: str, directory: Directory) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes of `service_code_info` in the table's order, and those the table doesn't have.

    Categories are divided by " * " and left out when empty, so where a code stands says nothing.
    """
    codes = set(text.replace("*", " ").split())
    known = sorted((code for code in codes if code in directory.codes), key=directory.order.__getitem__)
    return tuple(known), tuple(sorted(codes.difference(known)))


def levels(codes: Iterable[str], directory: Directory) -> tuple[Level, ...]:
    """The outpatient levels that `codes` list, none for a residential or inpatient record."""
    present = set(codes)
    found = {directory.codes[code].level for code in present}
    if directory.short == "su" and "OP" in present and not found & set(LEVELS):
        found.add("op")  # outpatient with no finer code; with only OIT or ODT it isn't routine outpatient
    return tuple(level for level in LEVELS if level in found)


def programs(
    record: Mapping[str, str], codes: tuple[str, ...], directory: Directory, as_of: dt.date
) -> list[Written]:
    """The programs of one record, without `id` and `source`, in level order. `codes` as from known_codes."""
    return [_program(record, codes, directory, level, as_of) for level in levels(codes, directory)]


def _program(
    record: Mapping[str, str], codes: tuple[str, ...], directory: Directory, level: Level, as_of: dt.date
) -> Written:
    facts, says = _gathered(codes, directory, level)
    payers, expressible, payer_note = _payers(codes, directory, facts, level, as_of)
    organization = clean(record["name1"])
    name = clean(record.get("name2", "")) or organization
    phones = _phones(record)
    notes = [*says, *payer_note]
    if len(phones) > 1:
        notes.append(f"Other numbers: {', '.join(phones[1:])}.")
    fields = {directory.field, *facts["fields"]}
    lacks = facts["lacks"]
    expresses = _without_blanks(payers=expressible, genders=list(directory.genders))
    written: Written = {
        "name": name,
        "organization": organization,
        "field": [field for field in ("mental-health", "substance-use") if field in fields],
        "level": level,
        "delivery": {"in_person": True, "virtual": _virtual(codes, directory, level)},
        "site": _site(record),
        "ages": ages(codes, directory),
        "genders": facts["genders"],
        "needs": _without_blanks(
            specializes=facts["specializes"],
            treats=[need for need in facts["treats"] if need not in facts["specializes"]],
            excludes=facts["excludes"],
            only=facts["only"],
        ),
        "approaches": [
            *(approach for approach in facts["approaches"] if approach not in lacks),
            *({"id": approach, "offered": False} for approach in lacks),
        ],
        "services": facts["services"],
        "populations": _without_blanks(
            specializes=facts["populations"],
            welcomes=[group for group in facts["welcomes"] if group not in facts["populations"]],
            only="unknown" if _entry_unknown(codes, directory) else facts["only_populations"],
        ),
        **payers,
        "expresses": expresses,
        "languages": [
            *facts["languages"],
            *({"id": language, "by": "interpreter"} for language in facts["interpreted"]),
        ],
        "supports": facts["supports"],
        "intake": {"phone": phones[0]} if phones else {},
        "accreditation": facts["accreditation"],
        "notes": notes,
    }
    return {key: value for key, value in written.items() if value not in ([], {}, "")}


def _gathered(codes: tuple[str, ...], directory: Directory, level: Level) -> tuple[Facts, list[str]]:
    facts: Facts = {key: [] for key in LISTS}
    says: list[str] = []
    present = set(codes)
    for code in codes:
        entry = directory.codes[code]
        if entry.at is not None and entry.at != level:
            continue
        if entry.unless and not present.isdisjoint(entry.unless):
            continue
        for key, values in directory.facts[code]:
            facts[key].extend(value for value in values if value not in facts[key])
        if entry.say:
            says.append(entry.say)
    return facts, says


def _virtual(codes: tuple[str, ...], directory: Directory, level: Level) -> bool | str:
    # TELE says that some of it can be remote, and its absence says nothing. An opioid treatment program's
    # doses are taken on site, so where they alone make the program outpatient, it can't be virtual. Without
    # that certification OMB is mostly prescribed buprenorphine, which can be.
    only_medication = directory.short == "su" and level == "op" and "OMB" in codes and "ORT" not in codes
    only_dosing = only_medication and "OTP" in codes
    return False if only_dosing else "unknown"


def _payers(
    codes: tuple[str, ...], directory: Directory, facts: Facts, level: Level, as_of: dt.date
) -> tuple[Written, list[str], list[str]]:
    """The payer keys of the format, the payers this list is complete over, and what to say of it."""
    listed = list(facts["payers"])
    expressible = list(directory.payers)
    note: list[str] = []
    if level == "iop" and "medicare" in listed and as_of < MEDICARE_IOP_BEGAN:
        # Listed, but it can't have meant this program: neither yes nor no, so the list says nothing of it.
        listed.remove("medicare")
        expressible.remove("medicare")
        note.append(_MEDICARE_NOTE)
    if any(directory.codes[code].category == "PAY" for code in codes):
        # Funded by what is no client's payer: an empty list would mean that nothing is known.
        payers = listed or [{"id": payer, "network": "out"} for payer in expressible]
        return {"payers": payers}, expressible, note
    return {"payers": listed, **({"payers_complete": False} if listed else {})}, expressible, note


def _entry_unknown(codes: tuple[str, ...], directory: Directory) -> bool:
    return any(directory.codes[code].ask_who_may_enter for code in codes)


def _site(record: Mapping[str, str]) -> Written:
    street = ", ".join(filter(None, (clean(record["street1"]), clean(record.get("street2", "")))))
    return _without_blanks(
        street=street,
        city=clean(record["city"]),
        state=state_code(clean(record["state"])),
        zip=five_digits(record["zip"]),
    )


def place_doubts(record: Mapping[str, str], doubts: Doubts) -> None:
    """Adds what of a record's place can't be read."""
    if record["state"] and not state_code(clean(record["state"])):
        doubts.add("state", record["state"], "not a state")
    if record["zip"] and not five_digits(record["zip"]):
        doubts.add("zip", record["zip"], "not a ZIP of five digits")


def _phones(record: Mapping[str, str]) -> list[str]:
    # The intake line first, where there is one; "intake1a" is another number (often in letters) for intake 1.
    columns = ("intake1", "intake1a", "intake2", "intake2a", "phone")
    return list(dict.fromkeys(filter(None, (clean(record.get(column, "")) for column in columns))))


def _without_blanks(**values: Any) -> Written:
    return {key: value for key, value in values.items() if value}
