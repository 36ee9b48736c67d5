"""Each rule of Colorado's file on a row of its own, whole programs compared."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from importing import Program, a_table, imported

from opmatch.errors import InputError

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
COLUMNS = (
    "AcceptingNewPatients",
    "Accessibility",
    "AccountID",
    "AccountName",
    "AddressOneLine",
    "DUIDWI",
    "DisplayName",
    "Fees",
    "HideAddress",
    *(f"HoursofOperation{day}" for day in DAYS),
    "LanguagesSpoken",
    "MentalHealthSettings",
    "OffersTelehealth",
    "OpioidTreatmentPrograms",
    "Phone",
    "PopulationServed",
    "ProviderDirectoryFormModifiedDate",
    "SubstanceUseServices",
    "TelehealthRestrictions",
    "Website",
    "lat",
    "lon",
)
HOURS = {f"HoursofOperation{day}": "8:00AM - 5:00PM" for day in DAYS[:5]}
WHO = ("id", "name", "organization", "level", "field", "site", "source", "licensed_states", "delivery")


def a_row(**cells: str) -> dict[str, str]:
    """A licensed outpatient program in Denver of which nothing more is said."""
    row = dict.fromkeys(COLUMNS, "")
    row |= {
        "AccountID": "A1",
        "AccountName": "Front Range LLC - Colfax",
        "DisplayName": "Front Range Counseling",
        "AddressOneLine": "1245 East Colfax Avenue, Suite 203, Denver, Colorado 80218",
        "HideAddress": "0",
        "OpioidTreatmentPrograms": "0",
        "DUIDWI": "0",
        "SubstanceUseServices": "Outpatient",
    }
    return row | cells


def programs(folder: Path, *rows: dict[str, str]) -> list[Program]:
    return imported(a_table(folder / "ladders_2023-05-17.csv", rows))[0]


def facts(folder: Path, **cells: str) -> dict[str, Any]:
    """What the only program of a row says beyond who and where it is."""
    (program,) = programs(folder, a_row(**cells))
    return {key: value for key, value in program.items() if key not in WHO}


def test_a_record_becomes_a_whole_program_for_each_level(tmp_path: Path) -> None:
    row = a_row(
        **HOURS,
        HoursofOperationSaturday="9:00AM - 12:00PM",
        HoursofOperationSunday="12:00AM - 12:00AM",
        MentalHealthSettings="Outpatient; Day Treatment; Community Mental Health Clinic",
        SubstanceUseServices="Outpatient; General Treatment; Youth Treatment",
        Fees="Medicaid; Sliding Fee Scale",
        LanguagesSpoken="English; Spanish",
        PopulationServed="Youth; Minors/Adolescents; LGBTQIA+; Offender",
        Accessibility="Wheelchair; Deaf/Hard of Hearing; Visually Impaired",
        OffersTelehealth="Telehealth Available - With Restrictions",
        TelehealthRestrictions="Initial intake is in-person.",
        AcceptingNewPatients="yes",
        ProviderDirectoryFormModifiedDate="6/28/2022 5:27 PM",
        Phone="(303) 524-9231",
        Website="www.example.org",
        lat="39.74",
        lon="-104.97",
    )
    shared = {
        "name": "Front Range Counseling",
        "organization": "Front Range LLC",
        "delivery": {"in_person": True, "virtual": "unknown"},
        "site": {
            "street": "1245 East Colfax Avenue, Suite 203",
            "city": "Denver",
            "state": "CO",
            "zip": "80218",
            "latitude": 39.74,
            "longitude": -104.97,
        },
        "payers": ["medicaid", "sliding_scale"],
        "languages": ["en", "es"],
        "supports": ["wheelchair"],
        "office_hours": {"mon-fri": "08:00-17:00", "sat": "09:00-12:00"},
        "availability": {"status": "capacity", "as_of": dt.date(2022, 6, 28)},
        "intake": {"phone": "(303) 524-9231", "url": "https://www.example.org"},
        "verified": {"date": dt.date(2022, 6, 28), "by": "the provider's own form"},
        "licensed_states": ["CO"],
        "source": {"name": "ownpath", "record": "A1"},
    }
    notes = [
        "Says it is accessible to people with a visual impairment.",
        "Offers telehealth with restrictions: ask whether every session, intake included, can be remote.",
        "Telehealth: Initial intake is in-person.",
        'Left out HoursofOperationSunday "12:00AM - 12:00AM": opens and closes at the same time.',
    ]
    everyone = ["deaf", "adolescents", "lgbtq", "court-involved"]
    assert programs(tmp_path, row) == [
        {
            "id": "front-range-counseling-80218-co-op",
            "field": ["mental-health", "substance-use"],
            "level": "op",
            "populations": {
                "specializes": ["adolescents"],
                "welcomes": ["deaf", "lgbtq", "court-involved"],
            },
            "notes": notes,
            **shared,
        },
        {
            "id": "front-range-counseling-80218-co-php",
            "field": ["mental-health"],
            "level": "php",
            "populations": {"welcomes": everyone},
            "notes": [
                "The mental-health care is called day treatment: ask for how many hours a week.",
                *notes,
            ],
            **shared,
        },
    ]


def test_blanks_say_nothing(tmp_path: Path) -> None:
    assert facts(tmp_path) == {}


@pytest.mark.parametrize(
    ("settings", "services", "flag", "found"),
    [
        ("Outpatient", "Intensive Outpatient", "0", [("op", ["mental-health"]), ("iop", ["substance-use"])]),
        ("", "Day Treatment (Partial Hospitalization)", "0", [("php", ["substance-use"])]),
        ("Intensive Outpatient", "", "0", [("iop", ["mental-health"])]),
        ("", "", "1", [("op", ["substance-use"])]),
        ("", "Intensive Outpatient", "1", [("iop", ["substance-use"])]),
        ("Hospital; Emergency", "", "1", [("op", ["substance-use"])]),
    ],
)
def test_the_field_is_that_of_the_column_that_names_the_level(
    tmp_path: Path, settings: str, services: str, flag: str, found: list[tuple[str, list[str]]]
) -> None:
    row = a_row(MentalHealthSettings=settings, SubstanceUseServices=services, OpioidTreatmentPrograms=flag)
    assert {(p["level"], *p["field"]) for p in programs(tmp_path, row)} == {(one, *two) for one, two in found}


@pytest.mark.parametrize(
    ("telehealth", "delivery"),
    [
        ("Telehealth Only", {"in_person": False, "virtual": True}),
        ("Telehealth Available - No Restrictions", {"in_person": True, "virtual": "unknown"}),
        ("No Telehealth Available", {"in_person": True, "virtual": False}),
        ("", {"in_person": True, "virtual": "unknown"}),
        ("Sometimes", {"in_person": True, "virtual": "unknown"}),
    ],
)
def test_telehealth(tmp_path: Path, telehealth: str, delivery: dict[str, object]) -> None:
    assert programs(tmp_path, a_row(OffersTelehealth=telehealth))[0]["delivery"] == delivery


def test_opioid_treatment_alone_is_never_virtual_and_its_hours_are_for_dosing(tmp_path: Path) -> None:
    row = a_row(
        **HOURS, SubstanceUseServices="", OpioidTreatmentPrograms="1", OffersTelehealth="Telehealth Only"
    )
    (program,) = programs(tmp_path, row)
    assert program["delivery"] == {"in_person": True, "virtual": False}
    assert "office_hours" not in program
    assert (program["needs"], program["approaches"]) == ({"treats": ["opioid"]}, ["moud"])
    assert program["notes"] == [
        "Doses of an opioid treatment program are given on site.",
        (
            "Left out HoursofOperationMonday, HoursofOperationTuesday, HoursofOperationWednesday,"
            ' HoursofOperationThursday, HoursofOperationFriday "8:00AM - 5:00PM":'
            " dosing hours of an opioid treatment program."
        ),
    ]


@pytest.mark.parametrize(
    ("name", "only"),
    [
        ("Colorado Department of Corrections - CTCF", ["in-custody"]),
        ("Grand Mesa Youth Services Center - 28th", ["in-custody"]),
        ("El Paso County Jail", ["in-custody"]),
        ("El Paso County Sheriff's Office - Las Vegas", ["in-custody", "court-supervised"]),
        ("Larimer County Community Corrections - Midpoint Drive", ["court-supervised"]),
        ("Veterans Affairs Medical Center - Denver", ["veterans"]),
        ("ComCor, Inc. - Roberts", "unknown"),
        ("Correctional Psychology Associates - Fremont", None),
        ("Denver Area Youth Services - Harlan", None),
        ("Jailhouse Rock Music Therapy", None),
    ],
)
def test_who_may_enter_is_known_by_the_name(tmp_path: Path, name: str, only: object) -> None:
    (program,) = programs(tmp_path, a_row(AccountName=name))
    assert program.get("populations", {}).get("only") == only


def test_a_hidden_place_keeps_its_name_and_state_only(tmp_path: Path) -> None:
    row = a_row(
        HideAddress="1",
        AccountName="Safe House - 12 Secret Street",
        AddressOneLine="12 Secret Street, Golden, CO 80401",
        lat="39.7",
        lon="-105.2",
    )
    (program,) = programs(tmp_path, row)
    assert program["site"] == {"state": "CO", "latitude": 39.7, "longitude": -105.2, "confidential": True}
    assert (program["id"], program["time_zone"]) == ("front-range-counseling-co-op", "America/Denver")
    assert "Secret" not in str(program)
    assert "80401" not in str(program)


def test_many_languages_are_a_telephone_service(tmp_path: Path) -> None:
    few = facts(tmp_path, LanguagesSpoken="English; Spanish; Russian; American Sign Language (ASL)")
    assert few["languages"] == ["en", "es", "ru", "ase"]
    many = facts(tmp_path, LanguagesSpoken="English; Spanish; Cantonese; Mandarin; French; Cambodian; Polish")
    assert many["languages"] == [
        "en",
        *({"id": id_, "by": "interpreter"} for id_ in ("es", "yue", "cmn", "fr", "km", "pl")),
    ]


def test_what_is_not_understood_is_noted_counted_and_told_of(tmp_path: Path) -> None:
    row = a_row(
        Fees="Medicaid; Barter",
        Website="choicesinlivingcounseling",
        Phone="call us",
        AcceptingNewPatients="maybe",
        HoursofOperationMonday="8:00AM - 5:00AM",
        HoursofOperationTuesday="5:00AM - 12:00AM",
        ProviderDirectoryFormModifiedDate="6/28/2032 5:27 PM",
        lat="0",
        lon="0",
    )
    path = a_table(tmp_path / "ladders_2023-05-17.csv", [row])
    (program,), summary, left_out = imported(path)
    assert [(one.field, one.value, one.why) for one in left_out] == [
        ("ProviderDirectoryFormModifiedDate", "6/28/2032 5:27 PM", "after the day of the file"),
        ("Fees", "Barter", "not a value this column is known to have"),
        ("lat, lon", "0, 0", "no place on the map"),
        ("HoursofOperationMonday", "8:00AM - 5:00AM", "closes before it opens"),
        ("HoursofOperationTuesday", "5:00AM - 12:00AM", "open for more than 16 hours"),
        ("AcceptingNewPatients", "maybe", "neither yes nor no"),
        ("Website", "choicesinlivingcounseling", "not a web address"),
        ("Phone", "call us", "not a phone number with an area code"),
    ]
    assert {(one.file, one.record, one.name) for one in left_out} == {
        (str(path), "1", "Front Range Counseling")
    }
    assert summary.unclear == dict.fromkeys(sorted(one.field for one in left_out), 1)
    assert program["notes"] == [f'Left out {one.field} "{one.value}": {one.why}.' for one in left_out]
    # The fee nobody could read may be any of them.
    assert (program["payers"], program["payers_complete"]) == (["medicaid"], False)
    assert not {"office_hours", "availability", "verified", "intake"} & set(program)


def test_rows_are_imported_or_skipped_for_a_reason(tmp_path: Path) -> None:
    rows = [
        a_row(),
        a_row(),
        a_row(AccountID="A2", SubstanceUseServices="Clinically Managed Residential Detoxification"),
        a_row(AccountID="A3", DisplayName="", AccountName=""),
        a_row(AccountID="A4", DisplayName="Front Range Counseling"),
    ]
    path = a_table(tmp_path / "co.csv", rows)
    path.write_bytes(path.read_bytes() + b",,A5" + b",x" * 60 + b"\n")
    found, summary, left_out = imported(path)
    assert summary.skipped == {
        "more cells than columns": 1,
        "no name": 1,
        "no outpatient level of care": 1,
        "the same record again": 1,
    }
    assert (summary.read, summary.records_imported, len(found)) == (6, 2, 2)
    assert [one.record for one in left_out] == ["2", "3", "4", "6"]
    assert len({program["id"] for program in found}) == 2


def test_missing_columns_leave_everything_else(tmp_path: Path) -> None:
    columns = ("AccountID", "DisplayName", "MentalHealthSettings", "SubstanceUseServices")
    (program,), summary, _ = imported(a_table(tmp_path / "co.csv", [a_row()], columns))
    assert program == {
        "id": "front-range-counseling-co-op",
        "name": "Front Range Counseling",
        "field": ["substance-use"],
        "level": "op",
        "delivery": {"in_person": True, "virtual": "unknown"},
        "site": {"state": "CO"},
        "licensed_states": ["CO"],
        "time_zone": "America/Denver",
        "source": {"name": "ownpath", "record": "A1"},
    }
    assert summary.remarks[0].startswith(f"{tmp_path / 'co.csv'} has no column AccountName, HideAddress, ")


def test_the_order_of_rows_changes_nothing_but_the_report(tmp_path: Path) -> None:
    rows = [a_row(AccountID=f"A{n}", AddressOneLine=f"{n} Main St, Denver, CO 80218") for n in range(5)]
    assert programs(tmp_path, *rows) == programs(tmp_path, *reversed(rows))


def test_a_file_without_outpatient_programs_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="lists no outpatient program among 1 records"):
        programs(tmp_path, a_row(SubstanceUseServices=""))
