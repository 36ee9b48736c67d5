"""Each rule of the SAMHSA directories on a record of its own, whole programs compared where it pays."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from samhsa_rows import a_csv, a_row, imported, programs

from opmatch.formats.samhsa import import_samhsa

OTHERS = ("id", "name", "organization", "level", "delivery", "site", "intake", "source", "field", "notes")
IOP_NOTE = "The directory can't list mental-health IOP: ask whether they run an intensive outpatient program."
TELE_NOTE = "Lists telehealth: ask whether every session, intake included, can be remote."
OTP_NOTE = "Doses of an opioid treatment program are given on site."
ENROLL_NOTE = "Run by a tribal government: ask who may enroll."
MEDICARE_NOTE = (
    "Listed as taking Medicare before Medicare covered intensive outpatient care: ask whether it does now."
)


def facts(folder: Path, codes: str) -> dict[str, Any]:
    """What the only program of these codes says beyond who and where it is."""
    (program,) = programs(folder, codes)
    return {key: value for key, value in program.items() if key not in OTHERS}


def test_a_mental_health_record_becomes_a_whole_program(tmp_path: Path) -> None:
    codes = (
        "MH SUMH * OP * CMHC * ARIPI ANTPYCH * CBT DBT GT IPT TELE * WI * PVTN * MC MD SF * SS"
        " * VET PTSD CO * PEER * ADLT CHLD SNR YAD * SP AH * FX F4 * CM"
    )
    result = imported(tmp_path, a_row(codes, street2="Suite 4", intake1="334-555-0101", zip="6310"))
    assert result.programs == [
        {
            "id": "wiregrass-services-henry-clinic-06310-mh-op",
            "name": "Henry Clinic",
            "organization": "Wiregrass Services",
            "field": ["mental-health", "substance-use"],
            "level": "op",
            "delivery": {"in_person": True, "virtual": "unknown"},
            "site": {
                "street": "219 Dothan Road, Suite 4",
                "city": "Abbeville",
                "state": "AL",
                "zip": "06310",
            },
            "ages": [{"min": 0, "max": 12}, {"min": 13, "max": 17, "sure": False}, {"min": 18}],
            "needs": {"specializes": ["co-occurring", "ptsd"]},
            "approaches": ["cbt", "dbt"],
            "services": [
                "peer-support",
                "case-management",
                "medication-management",
                "group-therapy",
                "individual-therapy",
                "crisis-response",
            ],
            "populations": {"specializes": ["veterans"]},
            "payers": ["medicare", "medicaid", "self_pay", "sliding_scale"],
            "languages": ["es", "ar", {"id": "ase", "by": "interpreter"}],
            "supports": ["walk-in"],
            "intake": {"phone": "334-555-0101"},
            "notes": [TELE_NOTE, IOP_NOTE, "Other numbers: 800-555-0100."],
            "source": {"name": "samhsa-mh-2022", "record": "1"},
        }
    ]
    assert result.header == {
        "name": "SAMHSA National Directory of Treatment Facilities 2022 (mental health)",
        "sample": False,
        "as_of": dt.date(2022, 1, 1),
        "expresses": {
            "payers": [
                "assistance", "ihs", "medicaid", "medicare", "private", "self_pay", "sliding_scale",
                "state_plan", "tricare", "va",
            ]
        },
    }  # fmt: skip


def test_a_substance_use_record_becomes_one_program_a_level(tmp_path: Path) -> None:
    codes = "SA * OP OD OIT OMB ORT * BU * BUM UB * CMI * MD PI * AD WN * ADLT YAD * FEM MALE * DU * CCC TA"
    made = programs(tmp_path, codes, name2="")
    shared = {
        "name": "Wiregrass Services",
        "organization": "Wiregrass Services",
        "field": ["substance-use"],
        "delivery": {"in_person": True, "virtual": "unknown"},
        "site": {"street": "219 Dothan Road", "city": "Abbeville", "state": "AL", "zip": "36310"},
        "ages": [{"min": 13}],
        "genders": ["female", "male"],
        "needs": {"treats": ["opioid"]},
        "approaches": ["moud", "buprenorphine", "contingency-management"],
        "populations": {"specializes": ["adolescents", "women", "dui-dwi"]},
        "payers": ["medicaid", "private"],
        "supports": ["childcare", "transport"],
        "intake": {"phone": "800-555-0100"},
        "source": {"name": "samhsa-su-2022", "record": "1"},
    }
    assert made == [
        {"id": "wiregrass-services-36310-su-iop", "level": "iop", **shared},
        {
            "id": "wiregrass-services-36310-su-op",
            "level": "op",
            **shared,
            "services": ["withdrawal-management"],
        },
    ]


@pytest.mark.parametrize(
    ("codes", "levels"),
    [
        ("MH * OP", ["op"]),
        ("MH * PHDT", ["php"]),
        ("MH * HI OP PHDT RES", ["op", "php"]),
        ("SA * OP ORT", ["op"]),
        ("SA * OP OMB", ["op"]),
        ("SA * OP OD", ["op"]),
        ("SA * OP * SACA", ["op"]),
        ("SA * OP OIT", ["iop"]),
        ("SA * OP ODT", ["php"]),
        ("SA * OP OIT ODT", ["iop", "php"]),
        ("SA * OP OIT ODT ORT RES RL", ["iop", "op", "php"]),
    ],
)
def test_levels_come_from_the_setting_codes(tmp_path: Path, codes: str, levels: list[str]) -> None:
    assert [program["level"] for program in programs(tmp_path, codes)] == levels


@pytest.mark.parametrize(
    ("codes", "field"),
    [
        ("MH * OP", ["mental-health"]),
        ("MH SA * OP", ["mental-health", "substance-use"]),
        ("MH SUMH * OP", ["mental-health", "substance-use"]),
        ("MH * OP * CO", ["mental-health", "substance-use"]),
        ("SA * OP ORT", ["substance-use"]),
        ("SA SUMH * OP ORT", ["mental-health", "substance-use"]),
        ("SA * OP ORT * CO", ["mental-health", "substance-use"]),
        ("SA * OP ORT * MHS", ["substance-use"]),
    ],
)
def test_the_other_field_counts_where_it_is_stated(tmp_path: Path, codes: str, field: list[str]) -> None:
    (program,) = programs(tmp_path, codes)
    assert program["field"] == field


@pytest.mark.parametrize(
    ("codes", "ages"),
    [
        ("MH * OP * ADLT YAD", [{"min": 18, "max": 64}]),
        ("MH * OP * CHLD", [{"min": 0, "max": 12}, {"min": 13, "max": 17, "sure": False}]),
        ("MH * OP * SNR", [{"min": 65}]),
        ("MH * OP * ADLT SNR", [{"min": 26}]),
        ("MH * OP * TAY SE", None),
        ("SA * ORT * SACA", None),
        (
            "SA * ORT * ADLT YAD",
            [{"min": 13, "max": 17, "sure": False}, {"min": 18, "max": 64}, {"min": 65, "sure": False}],
        ),
        ("SA * ORT * CHLD", [{"min": 0, "max": 12}, {"min": 13, "sure": False}]),
        ("SA * ORT * AD * CHLD", [{"min": 0, "max": 17}, {"min": 18, "sure": False}]),
        (
            "SA * ORT * AD",
            [
                {"min": 0, "max": 12, "sure": False},
                {"min": 13, "max": 17},
                {"min": 18, "sure": False},
            ],
        ),
        ("SA * ORT * WN", [{"min": 0, "max": 17, "sure": False}, {"min": 18}]),
        (
            "SA * ORT * TAY SE * SNR",
            [
                {"min": 13, "max": 17, "sure": False},
                {"min": 18, "max": 25},
                {"min": 26, "max": 64, "sure": False},
                {"min": 65},
            ],
        ),
    ],
)
def test_ages_served_open_and_not_served(
    tmp_path: Path, codes: str, ages: list[dict[str, Any]] | None
) -> None:
    (program,) = programs(tmp_path, codes)
    assert program.get("ages") == ages


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        ("SA * ORT * MD FSA", {"payers": ["medicaid"]}),
        ("SA * ORT * NP", {"payers": ["free"]}),
        ("SA * ORT * SF", {"payers": ["self_pay"]}),
        ("SA * ORT * MD * SS PA", {"payers": ["medicaid", "assistance", "sliding_scale"]}),
        ("SA * ORT * SS", {"payers": ["sliding_scale"], "payers_complete": False}),
        ("SA * ORT * SACA", {}),
        ("SA * OIT * MD", {"payers": ["medicaid"]}),
    ],
)
def test_payers_are_complete_only_beside_a_code_of_what_is_accepted(
    tmp_path: Path, codes: str, said: dict[str, Any]
) -> None:
    found = facts(tmp_path, codes)
    assert {key: found[key] for key in ("payers", "payers_complete") if key in found} == said


def test_funds_that_are_no_clients_payer_say_that_no_payer_is_taken(tmp_path: Path) -> None:
    found = facts(tmp_path, "SA * ORT * FSA SAMF")
    assert found["payers"] == [
        {"id": payer, "network": "out"}
        for payer in (
            "assistance", "free", "ihs", "medicaid", "medicare", "private", "self_pay", "sliding_scale",
            "state_plan", "tricare",
        )
    ]  # fmt: skip
    assert "payers_complete" not in found


def test_medicare_on_an_iop_before_2024_is_neither_yes_nor_no(tmp_path: Path) -> None:
    row = a_row("SA * OIT ORT * MC MD")
    iop, op = imported(tmp_path, row).programs
    assert (iop["payers"], iop["notes"]) == (["medicaid"], [MEDICARE_NOTE])
    assert op["payers"] == ["medicare", "medicaid"]
    lists = {program["level"]: program.get("expresses") for program in (iop, op)}
    header = imported(tmp_path, row).header["expresses"]
    over = {level: (said or header)["payers"] for level, said in lists.items()}
    assert set(over["op"]) - set(over["iop"]) == {"medicare"}


def test_medicare_on_an_iop_from_2024_on_is_a_yes(tmp_path: Path) -> None:
    path = a_csv(tmp_path, a_row("SA * OIT * MC MD"))
    (program,) = import_samhsa([path], as_of=dt.date(2024, 1, 1)).programs
    assert program["payers"] == ["medicare", "medicaid"]
    assert program["source"] == {"name": "samhsa-su-2024", "record": "1"}


@pytest.mark.parametrize(
    ("codes", "virtual", "notes"),
    [
        ("SA * OP ORT * TELE", "unknown", [TELE_NOTE]),
        ("SA * OP ORT", "unknown", None),
        ("SA * OP OMB * TELE", "unknown", [TELE_NOTE]),
        ("SA * OP OMB * OTP", False, [OTP_NOTE]),
        ("SA * OP OMB ORT * OTP", "unknown", [OTP_NOTE]),
        ("SA * OP OIT * TELE", "unknown", [TELE_NOTE]),
    ],
)
def test_virtual_care_is_asked_and_dosing_is_never_virtual(
    tmp_path: Path, codes: str, virtual: bool | str, notes: list[str] | None
) -> None:
    (program,) = programs(tmp_path, codes)
    assert program["delivery"] == {"in_person": True, "virtual": virtual}
    assert program.get("notes") == notes


@pytest.mark.parametrize(
    ("codes", "populations"),
    [
        ("MH * OP * VAHC", {"only": ["veterans"]}),
        ("MH * OP * FED VAMC", {"only": ["veterans"]}),
        ("SA * ORT * DDF FED", {"only": ["active-duty"]}),
        ("SA * ORT * FED", None),
        ("SA * ORT * IH", {"only": "unknown"}),
        ("SA * ORT * TBG", {"only": "unknown"}),
        ("SA * ORT * DU", {"specializes": ["dui-dwi"]}),
        ("SA * ORT * DU DUO", {"specializes": ["dui-dwi"], "only": ["dui-dwi"]}),
        ("MH * OP * GL VET * COOT", {"specializes": ["lgbtq", "veterans"], "welcomes": ["court-involved"]}),
    ],
)
def test_who_may_enter(tmp_path: Path, codes: str, populations: dict[str, Any] | None) -> None:
    assert facts(tmp_path, codes).get("populations") == populations


def test_a_tribal_program_says_what_to_ask(tmp_path: Path) -> None:
    (program,) = programs(tmp_path, "SA * ORT * TBG")
    assert program["notes"] == [ENROLL_NOTE]


@pytest.mark.parametrize(
    ("codes", "needs"),
    [
        ("SA * ORT * AUDO", {"specializes": ["alcohol"], "only": ["alcohol"]}),
        ("SA * ORT * OUDO", {"specializes": ["opioid"], "only": ["opioid"]}),
        (
            "SA * ORT * AUDO OUDO",
            {"specializes": ["alcohol", "opioid"], "only": ["alcohol", "opioid"]},
        ),
        ("SA * ORT * NOOP", {"excludes": ["opioid"]}),
        ("SA * ORT * NAUT", {"excludes": ["alcohol"]}),
        ("SA * ORT * BUM * TCC", {"treats": ["opioid", "nicotine"]}),
        ("SA * ORT * MOA", None),
        ("SA SUMH * ORT", {"treats": ["co-occurring"]}),
        ("MH * OP * TRMA PED SMI", {"specializes": ["trauma", "eating", "serious-mental-illness"]}),
    ],
)
def test_needs_treated_and_refused(tmp_path: Path, codes: str, needs: dict[str, Any] | None) -> None:
    assert facts(tmp_path, codes).get("needs") == needs


@pytest.mark.parametrize(
    ("codes", "approaches"),
    [
        ("SA * ORT * MOA", None),
        ("SA * OMB", ["moud"]),
        ("SA * ORT * MU * OTP MM", ["moud", "methadone"]),
        ("SA * ORT * BU * UB", ["moud", "buprenorphine"]),
        ("SA * ORT * UN", ["moud", "naltrexone"]),
        ("SA * ORT * NU", ["naltrexone"]),
        ("SA * ORT * NMOA", [{"id": "moud", "offered": False}]),
        ("SA * OMB * BU * NMOA", [{"id": "moud", "offered": False}]),
        ("SA * OMB * BU * NOOP", None),
        ("SA * ORT * DB DM ULC PAIN", None),
        ("SA * ORT * PMAT", ["maud"]),
        ("SA * ORT * NMAUT", [{"id": "maud", "offered": False}]),
        ("SA * ORT * NMAUT PMAT * ACM", None),
        ("MH * OP * EMDR IPT CFT", ["emdr"]),
    ],
)
def test_approaches_offered_and_known_to_be_absent(
    tmp_path: Path, codes: str, approaches: list[Any] | None
) -> None:
    assert facts(tmp_path, codes).get("approaches") == approaches


@pytest.mark.parametrize(
    ("codes", "genders"),
    [
        ("SA * ORT * FEM MALE", ["female", "male"]),
        ("SA * ORT * FEM", ["female"]),
        ("SA * ORT * MALE", ["male"]),
        ("SA * ORT * WN", None),
    ],
)
def test_genders(tmp_path: Path, codes: str, genders: list[str] | None) -> None:
    assert facts(tmp_path, codes).get("genders") == genders


def test_individual_psychotherapy_is_not_interpersonal_therapy(tmp_path: Path) -> None:
    assert facts(tmp_path, "MH * OP * IPT") == {"services": ["individual-therapy"]}


def test_a_code_counts_wherever_it_stands(tmp_path: Path) -> None:
    in_order = programs(tmp_path, "SA * OP ORT * BU * BUM * CBT * MD * ADLT * FEM * SP")
    shuffled = programs(tmp_path, "  SP FEM*ADLT  MD * * CBT BUM\tBU ORT OP SA *")
    assert shuffled == in_order


@pytest.mark.parametrize(
    ("numbers", "phone", "note"),
    [
        ({"phone": "1"}, "1", None),
        ({"phone": "1", "intake1": "2", "intake2": "3"}, "2", ["Other numbers: 3, 1."]),
        ({"phone": "1", "intake2": "3", "intake1a": "888-HOPE"}, "888-HOPE", ["Other numbers: 3, 1."]),
        ({"phone": "1", "intake1": "1"}, "1", None),
    ],
)
def test_the_intake_line_comes_before_the_main_number(
    tmp_path: Path, numbers: dict[str, str], phone: str, note: list[str] | None
) -> None:
    (program,) = programs(tmp_path, "SA * ORT", **numbers)
    assert (program["intake"], program.get("notes")) == ({"phone": phone}, note)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("02134", "02134"),
        ("2134", "02134"),
        ("601", "00601"),
        ("02134-1000", "02134"),
        ("", None),
        ("021345", None),
        ("K1A 0B1", None),
        ("٠٢١٣٤", None),
    ],
)
def test_zips_have_five_digits_or_none(tmp_path: Path, written: str, read: str | None) -> None:
    (program,) = programs(tmp_path, "SA * ORT", zip=written)
    assert program["site"].get("zip") == read
