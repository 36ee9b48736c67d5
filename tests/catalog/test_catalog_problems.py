# ruff: noqa: E501 (messages are shown as they print)
"""Everything wrong with a catalog is told at once: where, what, and how to mend it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline_snapshot import snapshot
from written_catalogs import HEAD, entry, problem_of, problems, program

from opmatch.catalog.problems import convert, flaws_of
from opmatch.catalog.written import ProgramEntry


def test_all_problems_of_a_file_come_at_once_with_their_lines(tmp_path: Path) -> None:
    text = HEAD + program(
        """
nam: x
site: {zip: 2134, latitude: 97, confidential: no, foo: 1}
ages: [{min: -1, max: x}, 5]
payers: [medicaid, null, {id: va, network: maybe, accepting: no, verified: 10/1/2026}]
populations: {only: unknwn}
languages: en
tracks: [{id: a, days: [mon], start: 18.30, end: "25:00"}, {days: mon}]
appointments: {hours: {mon: [a, b]}, per_week: 0}
office_hours: [a]
availability: capacity
verified: {date: 2026-13-01}
needs: {treats: [depresion]}
intake: {url: ftp://x}
"""
    )
    assert problems(tmp_path, text) == snapshot("""\
catalog.yaml:8: program `a`: `nam`: is not a key of the format; did you mean name?
catalog.yaml:9: program `a`: `site.zip`: can't be '2134'; write five digits in quotes, such as "02134"
catalog.yaml:9: program `a`: `site.latitude`: can't be '97'; write degrees, -90 to 90
catalog.yaml:9: program `a`: `site.confidential`: can't be 'no'; write true or false
catalog.yaml:9: program `a`: `site.foo`: is not a key of the format; the keys here are street, city, state, zip, latitude, longitude, confidential
catalog.yaml:10: program `a`: `ages[0].min`: can't be '-1'; write whole years, 0 to 200
catalog.yaml:10: program `a`: `ages[0].max`: can't be 'x'; write whole years, 0 to 200
catalog.yaml:10: program `a`: `ages[1]`: can't be '5'; write keys such as min, max, sure
catalog.yaml:11: program `a`: `payers[1]`: is blank; write the id of a payer
catalog.yaml:11: program `a`: `payers[2].network`: can't be 'maybe'; write in, out or unknown
catalog.yaml:11: program `a`: `payers[2].accepting`: can't be 'no'; write true, false or unknown
catalog.yaml:11: program `a`: `payers[2].verified`: can't be '10/1/2026'; write the day year first, such as 2026-10-01
catalog.yaml:12: program `a`: `populations.only`: can't be 'unknwn'; did you mean unknown?
catalog.yaml:13: program `a`: `languages`: can't be 'en'; write a list, such as [a, b]
catalog.yaml:14: program `a`: `tracks[0].start`: can't be '18.30'; write a time of day in quotes, such as "17:30"
catalog.yaml:14: program `a`: `tracks[0].end`: can't be '25:00'; write a time of day in quotes, such as "17:30"
catalog.yaml:14: program `a`: `tracks[1].id`: is missing; write lower-case letters, digits and hyphens, such as lakeshore-trauma-iop
catalog.yaml:15: program `a`: `appointments.hours.mon[0]`: can't be 'a'; write from and to, such as "08:00-17:00"
catalog.yaml:15: program `a`: `appointments.hours.mon[1]`: can't be 'b'; write from and to, such as "08:00-17:00"
catalog.yaml:15: program `a`: `appointments.per_week`: can't be '0'; write 1 to 7
catalog.yaml:16: program `a`: `office_hours`: is a list, which isn't expected here; write keys with values
catalog.yaml:17: program `a`: `availability`: can't be 'capacity'; write keys such as status, wait_days, as_of
catalog.yaml:18: program `a`: `verified.date`: can't be '2026-13-01'; write the day year first, such as 2026-10-01
catalog.yaml:19: program `a`: `needs.treats[0]`: no need is called 'depresion'; did you mean depression?
catalog.yaml:20: program `a`: `intake.url`: can't be 'ftp://x'; write an address that starts with https:// or http://\
""")


def test_programs_without_id_are_told_by_their_place(tmp_path: Path) -> None:
    text = (
        HEAD + "  - {name: x, level: op}\n  - just text\n  - {id: No Good, name: x, field: [x], level: op}\n"
    )
    assert problems(tmp_path, text) == snapshot("""\
catalog.yaml:4: `programs[0].id`: is missing; write lower-case letters, digits and hyphens, such as lakeshore-trauma-iop
catalog.yaml:4: `programs[0].field`: is missing; write a list such as [mental-health]
catalog.yaml:5: `programs[1]`: can't be 'just text'; write keys such as id, name, field
catalog.yaml:6: program `No Good`: `id`: can't be 'No Good'; write lower-case letters, digits and hyphens, such as lakeshore-trauma-iop
catalog.yaml:6: program `No Good`: `field[0]`: can't be 'x'; write mental-health or substance-use\
""")


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ("interpreters: yes", snapshot("8: `interpreters`: can't be 'yes'; write true, false or unknown")),
        (
            "site: {confidential: yes}",
            snapshot("8: `site.confidential`: can't be 'yes'; write true or false"),
        ),
        ("status: activ", snapshot("8: `status`: can't be 'activ'; did you mean active?")),
        (
            "level: outpatient",
            snapshot("7: `level`: can't be 'outpatient'; write op, iop or php"),
        ),
        ("delivery: in person", snapshot("8: `delivery`: can't be 'in person'; did you mean in-person?")),
        (
            "site: {zip: 606101}",
            snapshot("8: `site.zip`: can't be '606101'; write five digits in quotes, such as \"02134\""),
        ),
        (
            "site: {state: Illinois}",
            snapshot("8: `site.state`: can't be 'Illinois'; write the two capital letters, such as IL"),
        ),
        (
            "site: {state: XX}",
            snapshot(
                "8: `site.state`: no state is called 'XX'; write the two letters of a state, such as IL"
            ),
        ),
        (
            "licensed_states: [IL, ZZ]",
            snapshot(
                "8: `licensed_states[1]`: no state is called 'ZZ'; write the two letters of a state, such as IL"
            ),
        ),
        (
            "site: {latitude: 41.9}",
            snapshot("8: `site.longitude`: is missing; write both latitude and longitude, or neither"),
        ),
        (
            "site: {latitude: 0, longitude: 0}",
            snapshot("8: `site.latitude`: is in the sea off Africa (0, 0); leave unknown coordinates out"),
        ),
        (
            "site: {latitude: nan, longitude: 0}",
            snapshot("8: `site.latitude`: can't be 'nan'; write degrees, -90 to 90"),
        ),
        (
            "time_zone: America/Chicgo",
            snapshot(
                "8: `time_zone`: no time zone is called 'America/Chicgo'; did you mean America/Chicago?"
            ),
        ),
        (
            "time_zone: ../../etc/passwd",
            snapshot(
                "8: `time_zone`: no time zone is called '../../etc/passwd'; write a name such as America/Chicago"
            ),
        ),
        (
            "time_zone: America",
            snapshot(
                "8: `time_zone`: no time zone is called 'America'; write a name such as America/Chicago"
            ),
        ),
        ("ages: [{min: 30, max: 12}]", snapshot("8: `ages[0]`: has min 30 above max 12; swap them")),
        (
            "needs: {treats: [depresion]}",
            snapshot("8: `needs.treats[0]`: no need is called 'depresion'; did you mean depression?"),
        ),
        (
            "needs: {treats: [xqzj]}",
            snapshot("8: `needs.treats[0]`: no need is called 'xqzj'; write the id of a need"),
        ),
        ("payers: [bluecross]", snapshot("no problem")),
        (
            "payers: [{id: va, accepting: true}, {id: va, accepting: false}]",
            snapshot("8: `payers[1]`: says something else of va than an entry before it; keep one"),
        ),
        (
            "languages: [klingon]",
            snapshot("8: `languages[0]`: no language is called 'klingon'; write the id of a language"),
        ),
        (
            "exclusions: [needs-24]",
            snapshot("8: `exclusions[0]`: no safety flag is called 'needs-24'; did you mean needs-24h?"),
        ),
        (
            "verified: {date: 2062-10-01}",
            snapshot("8: `verified.date`: is in the year 2062; write a day from 1990 to 2049"),
        ),
        (
            "verified: {date: 1962-10-01}",
            snapshot("8: `verified.date`: is in the year 1962; write a day from 1990 to 2049"),
        ),
        (
            "verified: {date: 2162-10-01}",
            snapshot("8: `verified.date`: is in the year 2162; write a day from 1990 to 2049"),
        ),
        (
            "verified: {fields: {availabilty: 2026-10-01}}",
            snapshot(
                "8: `verified.fields.availabilty`: is not a key of a program; did you mean availability?"
            ),
        ),
        (
            "fees: {visit: $140}",
            snapshot("8: `fees.visit`: can't be '$140'; write dollars as a number, such as 140"),
        ),
        (
            "intake: {url: javascript:alert(1)}",
            snapshot(
                "8: `intake.url`: can't be 'javascript:alert(1)'; write an address that starts with https:// or http://"
            ),
        ),
        (
            "tracks: [{id: a, days: [mon, mon], start: 17:30, end: 20:30}]",
            snapshot("8: `tracks[0].days`: has mon twice; keep one"),
        ),
        (
            "tracks: [{id: a, days: [mun], start: 17:30, end: 20:30}]",
            snapshot("8: `tracks[0].days`: 'mun': 'mun' is no day; write mon, tue, wed, thu, fri, sat, sun"),
        ),
        (
            "tracks: [{id: a, days: [mon], start: 17:30, end: 17:30}]",
            snapshot("8: `tracks[0]`: starts and ends at 17:30; write the time it ends"),
        ),
        (
            "tracks: [{id: a, days: [mon], start: 17:30, end: 17:00}]",
            snapshot("8: `tracks[0]`: runs from 17:30 to 17:00 of the next day; were start and end swapped?"),
        ),
        (
            "tracks: [{id: a, days: [mon], start: 24:30, end: 17:00}]",
            snapshot("8: `tracks[0].start`: '24:30' is no time of day; the clock runs from 00:00 to 24:00"),
        ),
        (
            "tracks: [{id: a, days: [mon], start: 24:00, end: 02:00}]",
            snapshot("8: `tracks[0].start`: starts at 24:00; write 00:00 on the next day"),
        ),
        (
            "tracks: [{id: a, days: [mon], start: 17:30}]",
            snapshot(
                "8: `tracks[0].end`: is missing; write days, start and end; leave out a track without them"
            ),
        ),
        (
            "tracks: [{id: a}]",
            snapshot("""\
8: `tracks[0].days`: is missing; write days, start and end; leave out a track without them
8: `tracks[0].start`: is missing; write days, start and end; leave out a track without them
8: `tracks[0].end`: is missing; write days, start and end; leave out a track without them\
"""),
        ),
        (
            "tracks: [{id: a, days: [mon], start: 17:30, sessions: [{day: mon, start: 9:00, end: 10:00}]}]",
            snapshot(
                "8: `tracks[0]`: has both sessions and days, start; keep sessions, or days with start and end"
            ),
        ),
        (
            "tracks: [{id: a, days: [mon], start: 9:00, end: 10:00}, {id: a, days: [tue], start: 9:00, end: 10:00}]",
            snapshot("8: `tracks[1].id`: is 'a', as tracks[0].id is; give each track an id of its own"),
        ),
        ("appointments: {per_week: 1}", snapshot("8: `appointments.hours`: is missing; write hours")),
        (
            "appointments: {hours: {}}",
            snapshot(
                "8: `appointments.hours`: is blank; leave appointments out where their hours aren't known"
            ),
        ),
        (
            "office_hours: {mon-thu: 8-5}",
            snapshot("""\
8: `office_hours.mon-thu`: '8' is no time of day; write it as 17:30
8: `office_hours.mon-thu`: '5' is no time of day; write it as 17:30\
"""),
        ),
        (
            "office_hours: {mon-thu: 08:00-17:00, tue: closed}",
            snapshot("8: `office_hours.tue`: gives tue again, after mon-thu; give each day once"),
        ),
        (
            "office_hours: {mon: 17:00-17:00}",
            snapshot("8: `office_hours.mon`: starts and ends at 17:00; write the time it ends"),
        ),
        (
            "name: '  '",
            snapshot("7: `name`: is blank; write the name of the program"),
        ),
    ],
)
def test_one_problem_is_told_in_plain_words(tmp_path: Path, extra: str, expected: str) -> None:
    assert problem_of(tmp_path, extra) == expected


def test_a_number_for_a_zip_in_json_is_asked_for_as_text(tmp_path: Path) -> None:
    text = '{"opmatch": 1, "programs": [\n{"id": "a", "name": "A", "field": ["mental-health"], "level": "op",\n"site": {"zip": 2134}}]}'
    assert problems(tmp_path, text, "catalog.json") == snapshot(
        'catalog.json:3: program `a`: `site.zip`: is the number 2134 and must be text in quotes; write five digits in quotes, such as "02134"'
    )


BAD_LEAVES = st.sampled_from(
    ["x", "", "no", "18:30", 5, -1, 2.5, True, False, None, [], {}, ["x"], [None], {"id": "a"}]
)
KEYS = st.sampled_from([*ProgramEntry.__struct_fields__, "other"])
INNER = st.sampled_from(["zip", "id", "min", "only", "hours", "date", "fields", "days", "mon", "status", "x"])


@given(st.dictionaries(KEYS, BAD_LEAVES | st.dictionaries(INNER, BAD_LEAVES, max_size=2), max_size=4))
def test_the_slow_walk_finds_something_exactly_where_the_fast_reading_refuses(data: dict[str, Any]) -> None:
    written = entry(**data)
    try:
        convert(written, ProgramEntry)
        accepted = True
    except msgspec.ValidationError:
        accepted = False
    found = flaws_of(written, ProgramEntry, ())
    assert (found == []) == accepted
    assert all(flaw.message and not flaw.message.startswith("is not as the format") for flaw in found)
