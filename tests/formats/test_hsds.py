"""Services of the Human Services Data Specification in all their forms, as outpatient programs."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hsds_documents import a_folder, a_place, a_schedule, a_service, a_zip, tables
from importing import Program, a_json, a_table, imported, read_back, saved

from opmatch.errors import InputError
from opmatch.formats.hsds import import_hsds
from real_data import beside
from workbooks import a_workbook

EXAMPLES = beside("hsds/examples")


def programs(folder: Path, *documents: Any, **options: Any) -> list[Program]:
    return imported(a_json(folder / "services.json", list(documents)), **options)[0]


def hours(folder: Path, *schedules: Any, **options: Any) -> Any:
    (program,) = programs(folder, a_service(schedules=list(schedules)), **options)
    return program.get("office_hours")


def test_a_service_becomes_a_whole_program(tmp_path: Path) -> None:
    service = a_service(
        "Intensive Outpatient Program",
        description="<p>Care for people with depression &amp; anxiety.</p>",
        url="example.org/iop",
        application_process="Call intake.",
        interpretation_services="Interpreters on request",
        fees_description="Medicaid, private insurance and a sliding scale.",
        cost_options=[{"amount": 40, "currency": "usd", "amount_description": "per session"}],
        wait_time="2 weeks",
        minimum_age=18,
        maximum_age=None,
        assured_date="2026-09-01",
        last_modified="2026-10-01T10:00:00Z",
        phones=[{"number": "312-555-0142", "type": "voice"}, {"number": "312-555-0143", "type": "fax"}],
        languages=[{"code": "es", "name": "Spanish"}, {"name": "Klingon"}],
        required_documents=[{"document": "Insurance card"}],
        attributes=[
            {"taxonomy_term": {"code": "RP-1400", "name": "Mental Health Outpatient Care"}},
            {"taxonomy_term": {"name": "Dialectical behavior therapy"}},
            {"taxonomy_term": {"name": "Veterans"}},
        ],
        service_at_locations=[
            a_place(
                latitude=41.9,
                longitude=-87.63,
                accessibility=[{"description": "Wheelchair accessible"}],
            )
            | {"schedules": [a_schedule()]}
        ],
    )
    assert programs(tmp_path, service) == [
        {
            "id": "harbor-intensive-outpatient-program-60610-hsds-iop",
            "name": "Intensive Outpatient Program",
            "organization": "Harbor",
            "field": ["mental-health"],
            "level": "iop",
            "delivery": {"in_person": True, "virtual": "unknown"},
            "site": {
                "street": "1 Main St",
                "city": "Chicago",
                "state": "IL",
                "zip": "60610",
                "latitude": 41.9,
                "longitude": -87.63,
            },
            "ages": [{"min": 18}],
            "approaches": ["dbt"],
            "populations": {"welcomes": ["veterans"]},
            "payers": ["medicaid", "private", "sliding_scale"],
            "payers_complete": False,
            "fees": {"visit": 40.0},
            "languages": ["es"],
            "interpreters": True,
            "supports": ["wheelchair"],
            "office_hours": {"mon,tue": "09:00-17:00"},
            "availability": {"wait_days": 14, "as_of": dt.date(2026, 10, 1)},
            "intake": {
                "phone": "312-555-0142",
                "url": "https://example.org/iop",
                "documents": ["Insurance card"],
                "steps": ["Call intake."],
            },
            "verified": {"date": dt.date(2026, 9, 1), "by": "the listing's own check"},
            "notes": [
                "Description: Care for people with depression & anxiety.",
                "Interpretation: Interpreters on request",
                "Wait: 2 weeks",
                "Fees: Medicaid, private insurance and a sliding scale.",
                "Listed under: Mental Health Outpatient Care, Dialectical behavior therapy, Veterans",
                "Accessibility: Wheelchair accessible",
                'Left out language "Klingon": not a language that is known.',
            ],
            "source": {"name": "hsds", "record": "s1 at l1"},
        }
    ]


def test_lists_pages_organizations_and_places_hold_the_same_service(tmp_path: Path) -> None:
    service = a_service(service_at_locations=[a_place()])
    bare = {key: value for key, value in service.items() if key != "organization"}
    organization = {"id": "o1", "name": "Harbor", "tax_status": "", "services": [bare]}
    alone = {key: value for key, value in service.items() if key != "service_at_locations"}
    forms = [
        service,
        [service],
        {"contents": [service], "page_number": 1},
        {"services": [service]},
        organization,
        [organization],
        {**a_place(), "service": alone},
        {"contents": [{**a_place(), "service": alone}]},
    ]
    found = [imported(a_json(tmp_path / "a.json", form))[0] for form in forms]
    assert len(found[0]) == 1
    assert all(one == found[0] for one in found)


def test_a_service_listed_short_and_in_full_counts_once(tmp_path: Path) -> None:
    short = a_json(tmp_path / "list.json", {"contents": [a_service()]})
    full = a_json(
        tmp_path / "full.json", a_service(service_at_locations=[a_place()], url="https://example.org")
    )
    for files in ((short, full), (full, short)):
        found, summary, _ = imported(*files)
        assert [p["intake"] for p in found] == [{"url": "https://example.org"}]
        assert (summary.read, summary.skipped) == (2, {"the same service again": 1})


def test_two_services_under_one_id_are_two_programs(tmp_path: Path) -> None:
    document = [
        a_service(),
        a_service("Substance Abuse IOP"),
        a_service("OUTPATIENT mental health counseling"),
    ]
    made, summary, _ = imported(a_json(tmp_path / "a.json", document))
    assert [(program["level"], program["source"]["record"]) for program in made] == [
        ("op", "s1"),
        ("iop", "s1"),
    ]
    assert summary.skipped == {"the same service again": 1}


def test_a_service_at_two_places_is_two_programs(tmp_path: Path) -> None:
    other = a_place(id="l2")
    found = programs(tmp_path, a_service(service_at_locations=[a_place(), other]))
    assert [p["source"]["record"] for p in found] == ["s1 at l1", "s1 at l2"]
    assert len({p["id"] for p in found}) == 2


@pytest.mark.parametrize("form", ["folder", "zip", "nested zip", "tables", "json of tables"])
def test_tables_are_read_from_folders_zips_and_files(tmp_path: Path, form: str) -> None:
    listed = tables()
    if form == "folder":
        paths = [a_folder(tmp_path / "package", listed)]
    elif form == "zip":
        paths = [a_zip(tmp_path / "package.zip", listed)]
    elif form == "nested zip":
        paths = [a_zip(tmp_path / "package.zip", listed, inside="../../data/")]
    elif form == "tables":
        folder = a_folder(tmp_path / "package", listed)
        paths = sorted(folder.iterdir())
    else:
        paths = [a_json(tmp_path / "tables.json", listed)]
    (program,), summary, left_out = imported(*paths)
    assert program == {
        "id": "harbor-care-for-adults-60610-hsds-op",
        "name": "Care for adults",
        "organization": "Harbor",
        "field": ["mental-health"],
        "level": "op",
        "delivery": {"in_person": True, "virtual": "unknown"},
        "site": {"street": "1 Main St", "city": "Chicago", "state": "IL", "zip": "60610"},
        "office_hours": {"mon,tue": "09:00-17:00"},
        "intake": {"phone": "312-555-0142"},
        "notes": ["Listed under: Outpatient Mental Health Care"],
        "source": {"name": "hsds", "record": "s1 at l1"},
    }
    assert summary.skipped == {"not mental-health or substance-use care": 1}
    assert [one.name for one in left_out] == ["Food pantry"]


@pytest.mark.parametrize("form", ["one workbook", "a workbook a table", "a zip of workbooks"])
def test_tables_may_be_sheets_of_workbooks(tmp_path: Path, form: str) -> None:
    cells = {
        name.removesuffix(".csv"): [list(rows[0]), *(list(row.values()) for row in rows)]
        for name, rows in tables().items()
    }
    if form == "one workbook":
        path = a_workbook(tmp_path / "export.xlsx", {"Read me": [["Hello"]], **cells})
    else:
        path = tmp_path / "package"
        path.mkdir()
        for name, rows in cells.items():
            a_workbook(path / f"{name}.xlsx", {"Sheet1": rows})
    if form == "a zip of workbooks":
        with zipfile.ZipFile(tmp_path / "package.zip", "w") as archive:
            for file in sorted(path.iterdir()):
                archive.write(file, file.name)
        path = tmp_path / "package.zip"
    from_csv, _, _ = imported(a_folder(tmp_path / "csv", tables()))
    assert imported(path)[0] == from_csv


def test_a_table_of_no_bytes_is_a_table_of_no_rows(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "package", tables())
    (folder / "languages.csv").touch()
    assert len(imported(folder)[0]) == 1


def test_older_names_of_tables_and_columns(tmp_path: Path) -> None:
    listed = tables()
    listed["regular_schedule.csv"] = [
        {
            "id": "h1",
            "service_id": "s1",
            "weekday": "Monday - Friday",
            "opens_at": "8:30AM",
            "closes_at": "5:00PM",
        },
        {"id": "h2", "service_id": "s1", "weekday": "Saturday", "opens_at": "Closed", "closes_at": ""},
        {"id": "h3", "service_id": "s1", "weekday": "7", "opens_at": "24 Hours", "closes_at": "24 Hours"},
    ]
    listed["service_taxonomy.csv"] = [{"id": "x", "service_id": "s1", "taxonomy_id": "t1"}]
    listed["payment_accepted.csv"] = [
        {"id": "1", "service_id": "s1", "payment": "Medicaid"},
        {"id": "2", "service_id": "s1", "payment": "Barter"},
    ]
    listed["physical_address.csv"] = listed.pop("addresses.csv")
    del listed["schedules.csv"], listed["attributes.csv"]
    (program,), _, left_out = imported(a_folder(tmp_path / "package", listed))
    assert program["office_hours"] == {"mon-fri": "08:30-17:00", "sat": "closed", "sun": "00:00-24:00"}
    assert (program["payers"], program["payers_complete"]) == (["medicaid"], False)
    assert program["site"]["zip"] == "60610"
    assert [one.value for one in left_out if one.field] == ["Barter"]


@pytest.mark.parametrize(
    ("schedule", "found"),
    [
        ({"byday": "MO,WE,FR"}, {"mon,wed,fri": "09:00-17:00"}),
        ({"byday": "SA", "opens_at": "09:00:00", "closes_at": "12:30:00"}, {"sat": "09:00-12:30"}),
        ({"opens_at": "09:00-05:00", "closes_at": "17:00-05:00"}, {"mon,tue": "09:00-17:00"}),
        ({"valid_to": "2026-12-31"}, {"mon,tue": "09:00-17:00"}),
        ({"freq": "DAILY", "byday": ""}, {"mon-sun": "09:00-17:00"}),
        (
            {"freq": "", "byday": "Monday - Friday", "opens_at": "8am", "closes_at": "noon"},
            {"mon-fri": "08:00-12:00"},
        ),
        (
            {"opens_at": "09:00:00Z", "closes_at": "12:00:00Z", "description": "Mon and Tue, 9am to 12pm"},
            {"mon,tue": "09:00-12:00"},
        ),
        (
            {
                "freq": "",
                "byday": "",
                "opens_at": "",
                "closes_at": "",
                "description": "Mon-Fri 9am-5pm; Sat closed",
            },
            {"mon-fri": "09:00-17:00", "sat": "closed"},
        ),
    ],
)
def test_schedules_that_say_weekly_hours(tmp_path: Path, schedule: dict[str, Any], found: Any) -> None:
    assert hours(tmp_path, a_schedule(**schedule), as_of=dt.date(2026, 11, 23)) == found


@pytest.mark.parametrize(
    ("schedule", "why"),
    [
        ({"freq": "MONTHLY", "byday": "1SA"}, "not a weekly rule"),
        ({"interval": 2}, "not every week"),
        ({"bymonthday": "2,3"}, "a rule on more than days of the week"),
        ({"byday": "1MO"}, "its days can't be read"),
        ({"byday": ""}, "its days can't be read"),
        ({"opens_at": None}, "opening or closing time is missing"),
        ({"opens_at": "9", "closes_at": "5"}, "its times can't be read"),
        ({"closes_at": "08:00"}, "closes before it opens"),
        ({"opens_at": "05:00", "closes_at": "23:59"}, "open for more than 16 hours"),
        (
            {"opens_at": "09:00Z", "closes_at": "17:00Z"},
            "its times are in UTC, or said to be: the hours on the wall aren't known",
        ),
        ({"valid_to": "2026-11-22"}, "is over"),
        ({"valid_from": "2026-12-01"}, "has not begun"),
        ({"valid_from": "soon"}, "its first day can't be read"),
        ({"dtstart": "2026-12-01T09:00:00"}, "has not begun"),
        ({"dtstart": "20261201T090000"}, "has not begun"),
        ({"until": "20261122T235959Z"}, "is over"),
        ({"until": "soon"}, "its last day can't be read"),
        ({"count": 3}, "holds a number of times only"),
    ],
)
def test_schedules_that_say_none_are_noted(tmp_path: Path, schedule: dict[str, Any], why: str) -> None:
    path = a_json(tmp_path / "a.json", a_service(schedules=[a_schedule(**schedule)]))
    (program,), _, left_out = imported(path, as_of=dt.date(2026, 11, 23))
    assert "office_hours" not in program
    assert [(one.field, one.why) for one in left_out] == [("schedule", why)]
    assert program["notes"][-1].endswith(f": {why}.")


@pytest.mark.parametrize(
    "limits",
    [
        {"until": "20301231T000000Z"},
        {"until": "9999-12-31"},
        {"valid_from": "1900-01-01", "valid_to": "2099-12-31"},
        {"dtstart": "20200106T090000"},
        {"dtstart": "09:00"},
    ],
)
def test_a_schedule_in_force_by_its_limits_says_its_hours(tmp_path: Path, limits: dict[str, Any]) -> None:
    assert hours(tmp_path, a_schedule(**limits), as_of=dt.date(2026, 11, 23)) == {"mon,tue": "09:00-17:00"}


def test_a_last_day_in_a_far_century_is_none_whatever_the_day(tmp_path: Path) -> None:
    assert hours(tmp_path, a_schedule(valid_to="9999-12-31")) == {"mon,tue": "09:00-17:00"}
    assert hours(tmp_path, a_schedule(valid_to="2030-12-31")) is None


@pytest.mark.parametrize(
    ("words", "found", "told"),
    [
        ({"notes": "first Monday of the month only"}, "09:00-17:00", "first Monday of the month only"),
        ({"description": "Closed for lunch"}, "09:00-17:00", "Closed for lunch"),
        ({"attending_type": "telephone"}, "09:00-17:00", "attending_type telephone"),
        ({"attending_type": "In person"}, "09:00-17:00", None),
        ({"description": "Mon - Tue 9am - 5pm"}, "09:00-17:00", None),
        ({"description": "Mon, Tue 9am - noon"}, None, "freq WEEKLY, byday MO,TU, opens_at 09:00"),
    ],
)
def test_words_beside_the_hours_are_kept(
    tmp_path: Path, words: dict[str, Any], found: str | None, told: str | None
) -> None:
    path = a_json(tmp_path / "a.json", a_service(schedules=[a_schedule(**words)]))
    (program,), _, left_out = imported(path)
    assert program.get("office_hours") == (found and {"mon,tue": found})
    assert [one.value.partition(", closes_at")[0] for one in left_out] == ([told] if told else [])


@pytest.mark.parametrize("schedules", ["Monday - Friday 9am-5pm", ["Monday - Friday 9am-5pm"]])
def test_a_schedule_may_be_a_line_of_text(tmp_path: Path, schedules: Any) -> None:
    (program,), _, _ = imported(a_json(tmp_path / "a.json", a_service(schedules=schedules)))
    assert program["office_hours"] == {"mon-fri": "09:00-17:00"}


def test_a_schedule_of_other_keys_is_noted(tmp_path: Path) -> None:
    path = a_json(tmp_path / "a.json", a_service(schedules=[{"id": "h", "open": "9am"}, {"id": "i"}]))
    _, _, left_out = imported(path)
    assert [(one.value, one.why) for one in left_out] == [
        ("{'open': '9am'}", "not a schedule that can be read")
    ]


def test_a_day_with_a_line_nobody_can_read_is_unknown(tmp_path: Path) -> None:
    unclear = a_schedule(byday="TU", opens_at="6", closes_at="9")
    assert hours(tmp_path, a_schedule(), unclear) == {"mon": "09:00-17:00"}
    assert hours(tmp_path, a_schedule(), a_schedule(byday="TU", opens_at="Closed", closes_at="")) == {
        "mon": "09:00-17:00"
    }
    over = a_schedule(byday="TU", valid_to="2020-01-01")
    assert hours(tmp_path, a_schedule(), over) == {"mon,tue": "09:00-17:00"}


def test_two_lines_of_a_day_are_both_open(tmp_path: Path) -> None:
    lines = (a_schedule(byday="MO", closes_at="12:00"), a_schedule(byday="MO", opens_at="13:00"))
    assert hours(tmp_path, *lines) == {"mon": ["09:00-12:00", "13:00-17:00"]}


@pytest.mark.parametrize(
    ("name", "terms", "description", "found"),
    [
        (
            "Intensive Outpatient Program",
            [("RX-8450", "Substance Use Disorder Services")],
            "",
            "iop substance-use",
        ),
        ("Adult Partial Hospitalization (PHP)", [("", "Behavioral Health")], "", "php mental-health"),
        ("Counseling", [], "For people with anxiety", "op mental-health"),
        ("Outpatient and IOP, alcohol and drug", [], "", "op iop substance-use"),
        ("Methadone Clinic", [], "", "op substance-use"),
        (
            "Recovery Services",
            [("", "Outpatient Drug Treatment")],
            "residential also offered",
            "op substance-use",
        ),
        ("Behavioral Health Program", [], "We run partial hospitalization", "php mental-health"),
        ("Residential and Outpatient Addiction Treatment", [], "", "op substance-use"),
        ("Residential Addiction Treatment", [], "", "residential or inpatient care"),
        ("Inpatient Psychiatric Hospital", [], "", "residential or inpatient care"),
        ("Medical Detox for alcoholism", [], "", "residential or inpatient care"),
        ("Suicide and Mental Health Crisis Line", [], "", "crisis line or emergency service"),
        ("Depression Support Group", [], "", "support or self-help group"),
        ("Alcohol Use Prevention for teens, drug abuse", [], "", "prevention, education or referral"),
        ("Mental Health Services", [], "", "doesn't say that it is outpatient care"),
        ("Credit Counseling", [], "Reduces anxiety about debt", "not mental-health or substance-use care"),
        (
            "Food Pantry",
            [],
            "People with mental illness and in counseling are welcome",
            "housing or other help",
        ),
        ("Physical Therapy", [], "After trauma", "not mental-health or substance-use care"),
    ],
)
def test_what_is_outpatient_care_and_what_is_left_out(
    tmp_path: Path, name: str, terms: list[tuple[str, str]], description: str, found: str
) -> None:
    attributes = [{"taxonomy_term": {"code": code, "name": term}} for code, term in terms]
    one = a_service(name, id="one", description=description, attributes=attributes)
    made, summary, _ = imported(a_json(tmp_path / "a.json", [one, a_service()]))
    of_one = [p for p in made if p["source"]["record"] == "one"]
    if of_one:
        levels = [level for level in ("op", "iop", "php") if level in {p["level"] for p in of_one}]
        assert " ".join([*levels, *of_one[0]["field"]]) == found
        assert summary.skipped == {}
    else:
        assert summary.skipped == {found: 1}


def test_texts_where_records_should_be_are_read_or_told(tmp_path: Path) -> None:
    service = a_service(
        phones=["312-867-0142", "911"],
        languages=["Spanish", 7],
        categories=["PTSD"],
        required_documents="ID card",
        cost_options=[["x"]],
        assured_date="soon",
        service_at_locations=[{"id": "at1", "location": {"id": "l1", "addresses": ["1 Main St"]}}],
    )
    (program,), summary, left_out = imported(a_json(tmp_path / "a.json", service))
    assert (program["intake"], program["languages"]) == ({"phone": "312-867-0142"}, ["es"])
    assert program["needs"] == {"treats": ["ptsd"]}
    assert sorted((one.field, one.value, one.why) for one in left_out) == [
        ("addresses", "1 Main St", "not a record"),
        ("assured_date", "soon", "not a day"),
        ("cost_options", "['x']", "not a record"),
        ("languages", "7", "not a record"),
        ("phone", "911", "not a number of seven digits or more"),
        ("required_documents", "ID card", "not a list of records"),
    ]
    assert sum(summary.unclear.values()) == 6


def test_an_address_to_keep_secret_is_in_no_note(tmp_path: Path) -> None:
    place = a_place(name="Confidential location", addresses=["12 Oak St"])
    address = place["location"] | {
        "name": "Main",
        "addresses": [{"address_1": "Undisclosed"}, "Undisclosed, 12 Oak"],
    }
    for at in (place, {"id": "at1", "location": address}):
        made = programs(tmp_path, a_service(service_at_locations=[at]))
        assert "Oak" not in str(made)
        assert 'Left out addresses "confidential": not a record.' in made[0]["notes"]


def test_a_second_address_of_a_location_is_noted(tmp_path: Path) -> None:
    at = a_place()
    at["location"]["addresses"].append({"address_1": "2 Oak St", "city": "Joliet", "state_province": "IL"})
    (program,) = programs(tmp_path, a_service(service_at_locations=[at]))
    assert program["site"]["street"] == "1 Main St"
    assert program["notes"] == [
        'Left out address "2 Oak St, Joliet, IL": another address of the same location.'
    ]


def test_ages_with_one_end_unread_have_to_be_asked(tmp_path: Path) -> None:
    (program,) = programs(tmp_path, a_service(minimum_age="adults", maximum_age=64))
    assert program["ages"] == [{"max": 64, "sure": False}]


def test_whom_a_service_is_for_by_area_and_how_full_it_is_are_noted(tmp_path: Path) -> None:
    noted = ["Also called: The Place", "Area served: Cook County", "Capacity: seats: available 0, maximum 10"]
    service = a_service(
        alternate_name="The Place",
        service_areas=[{"name": "Cook County"}],
        capacities=[{"available": 0, "maximum": 10, "unit": {"name": "seats"}}],
    )
    assert programs(tmp_path, service)[0]["notes"] == noted
    listed = tables()
    listed["services.csv"][0]["alternate_name"] = "The Place"
    listed["service_areas.csv"] = [{"id": "a", "service_at_location_id": "at1", "name": "Cook County"}]
    listed["service_capacity.csv"] = [
        {"id": "c", "service_id": "s1", "unit_id": "u", "available": "0", "maximum": "10"}
    ]
    listed["units.csv"] = [{"id": "u", "name": "seats"}]
    (program,), _, _ = imported(a_folder(tmp_path / "package", listed))
    assert [note for note in program["notes"] if note in noted] == noted


def test_places_that_are_virtual_postal_secret_or_abroad(tmp_path: Path) -> None:
    address = a_place()["location"]["addresses"][0]

    def place(**location: Any) -> tuple[Any, Any]:
        (program,) = programs(tmp_path, a_service(service_at_locations=[a_place(**location)]))
        return program.get("delivery"), program.get("site")

    here = {"in_person": True, "virtual": "unknown"}
    assert place(location_type="virtual", addresses=[]) == ({"in_person": False, "virtual": True}, None)
    assert place(location_type="", addresses=[{**address, "address_type": "postal"}]) == (None, None)
    assert place(addresses=[{**address, "address_1": "CONFIDENTIAL"}]) == (
        here,
        {"state": "IL", "confidential": True},
    )
    assert place(addresses=[{**address, "country": "GB"}]) == (here, None)
    assert place(addresses=[{**address, "state_province": "Illinois", "postal_code": "2134"}]) == (
        here,
        {"street": "1 Main St", "city": "Chicago", "state": "IL", "zip": "02134"},
    )


@pytest.mark.parametrize(
    ("text", "payers"),
    [
        ("Medicaid and Medicare accepted", ["medicaid", "medicare"]),
        ("Does not accept Medicaid", None),
        ("No Medicaid", None),
        ("Sliding fee scale; free of charge", ["sliding_scale", "free"]),
        ("Sliding fee scale; free of charge for veterans", ["sliding_scale"]),
        ("No charge for the first visit", None),
        ("There is no cost", ["free"]),
        ("Ask us", None),
    ],
)
def test_payers_named_in_a_text_are_never_all_of_them(tmp_path: Path, text: str, payers: Any) -> None:
    (program,) = programs(tmp_path, a_service(fees_description=text))
    assert program.get("payers") == payers
    assert program.get("payers_complete") == (None if payers is None else False)
    assert f"Fees: {text}" in program["notes"]


def test_status_and_impossible_ages(tmp_path: Path) -> None:
    closed = programs(tmp_path, a_service(status="defunct", minimum_age=64, maximum_age=18))[0]
    assert (closed["status"], closed.get("ages")) == ("closed", None)
    paused = programs(tmp_path, a_service(status="temporarily closed", minimum_age="12.0"))[0]
    assert (paused["status"], paused["ages"]) == ("paused", [{"min": 12}])
    assert "status" not in programs(tmp_path, a_service(status="unsure", minimum_age="teens"))[0]


def test_a_row_with_too_many_cells_is_skipped(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "package", tables())
    with (folder / "services.csv").open("ab") as file:
        file.write(b"s3,o1,Outpatient counseling, mental health, and more,active\n")
    _, summary, left_out = imported(folder)
    assert summary.skipped["more cells than columns"] == 1
    assert left_out[0].record == "3"


def test_a_package_without_services_and_a_document_without_any_say_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds no table `services\.csv`"):
        import_hsds([a_table(tmp_path / "locations.csv", [{"id": "1", "name": "x"}])])
    with pytest.raises(InputError, match="left out: 1 an organization without services"):
        import_hsds([a_json(tmp_path / "a.json", {"contents": [{"name": "Harbor", "tax_status": "x"}]})])


@EXAMPLES.skip
@pytest.mark.parametrize(
    "name",
    [
        "service_full.json",
        "service_list.json",
        "service_at_location_full.json",
        "service_at_location_list.json",
        "organization_full.json",
        "tabular.json",
        "csv",
        "field-guidance-schedules",
        "field-guidance-schedules/services.json",
    ],
)
def test_each_published_example_is_its_one_counseling_service(tmp_path: Path, name: str) -> None:
    made = import_hsds([EXAMPLES.path / name])
    assert (made.summary.read, made.summary.imported) == (1, {"op": 1, "iop": 0, "php": 0})
    assert [(p["name"], p["field"]) for p in made.programs] == [("Community Counselling", ["mental-health"])]
    assert saved(made, tmp_path / "a.yaml") == saved(import_hsds([EXAMPLES.path / name]), tmp_path / "b.yaml")
    assert len(read_back(tmp_path / "a.yaml").programs) == 1


@EXAMPLES.skip
def test_all_published_examples_together_are_still_one_service() -> None:
    names = (
        "service_full.json",
        "service_list.json",
        "service_at_location_list.json",
        "organization_full.json",
    )
    made = import_hsds([EXAMPLES.path / name for name in names])
    assert (len(made.programs), made.summary.read) == (1, 4)
    assert made.summary.skipped == {"the same service again": 3}
