"""JSON, JSON Lines and CSV: what other programs read."""

from __future__ import annotations

import csv
import io
import json

import msgspec
from inline_snapshot import snapshot

from factories import CRISIS, a_match, a_program_summary, a_ranking
from opmatch.model.ranking import Notice, Ranking, SafetyStop
from opmatch.render import csv as csv_output
from opmatch.render import json as json_output
from opmatch.render import jsonl as jsonl_output

STOP = SafetyStop(flag="needs-24h", title="Not outpatient", text="Care around the clock comes first.")


def rows(ranking: Ranking) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_output.render(ranking))))


def test_json_reads_back_as_the_same_ranking() -> None:
    ranking = a_ranking()
    assert msgspec.json.decode(json_output.render(ranking), type=Ranking) == ranking


def test_json_has_the_names_other_tools_depend_on() -> None:
    assert list(json.loads(json_output.render(a_ranking()))) == snapshot(
        [
            "schema",
            "opmatch",
            "formula",
            "as_of",
            "catalogs",
            "request",
            "notices",
            "considered",
            "eligible",
            "confirm",
            "funnel",
            "matches",
            "near_misses",
            "relaxations",
            "safety_stop",
        ]
    )


def test_json_lines_hold_one_match_each() -> None:
    ids = [json.loads(line)["program"]["id"] for line in jsonl_output.render(a_ranking()).splitlines()]
    assert ids == ["lakeshore-trauma-iop", "harbor-day"]


def test_json_lines_of_a_safety_stop_are_the_stop_alone() -> None:
    (line,) = jsonl_output.render(a_ranking(safety_stop=STOP)).splitlines()
    assert json.loads(line) == {
        "schema": 1,
        "safety_stop": {
            "flag": "needs-24h",
            "title": "Not outpatient",
            "text": "Care around the clock comes first.",
        },
    }


def test_csv_has_a_row_a_match_and_the_same_columns_for_each() -> None:
    assert csv_output.render(a_ranking()) == snapshot("""\
rank,tier,level,score,low,high,id,name,organization,field,fictional,mode,track,sessions,distance_miles,travel_minutes,street,city,state,zip,phone,url,why,confirm,same_site,source,source_record,verified,as_of,safety_stop,safety
1,eligible,iop,82,69,91,lakeshore-trauma-iop,Trauma Recovery IOP,Lakeshore Behavioral Health,mental-health,no,in-person,evening,"Mon, Wed, Thu 17:30–20:30 (leave 17:16, back 20:44)",2.9,14,1200 N Clark St,Chicago,IL,60610,312-867-4420,https://lakeshore.example.org,"specializes in PTSD and offers CPT, a first-line treatment; listed 53 days ago; 3 seats listed as open, 34 days ago; Medicaid is taken; whether new clients are is not listed",Is a seat still open in the evening track?; Do you accept new clients with Medicaid now?,,county,17,2026-10-01,2026-11-23,,
1,confirm,iop,47,21,83,harbor-day,Harbor Day Services,Harbor Day Services,mental-health,no,in-person,,,4.16,19,,Chicago,IL,60622,773-867-9951,https://lakeshore.example.org,"PTSD is not listed; 3 seats listed as open, 34 days ago; Medicaid is taken; whether new clients are is not listed",Do you treat PTSD?,,county,17,2026-10-01,2026-11-23,,
""")


def test_csv_of_nothing_is_the_header() -> None:
    assert csv_output.render(a_ranking(matches=())).splitlines() == [",".join(csv_output.COLUMNS)]


def test_csv_neutralises_what_a_spreadsheet_would_run() -> None:
    program = a_program_summary(name='=HYPERLINK("http://x")', organization=" +1", url="@x", phone="-1\t2")
    (row,) = rows(a_ranking(matches=(a_match(program=program),)))
    assert (row["name"], row["organization"], row["url"], row["phone"]) == (
        '\'=HYPERLINK("http://x")',
        "' +1",
        "'@x",
        "'-1 2",
    )


def test_csv_says_in_columns_of_their_own_what_safety_asks() -> None:
    ranking = a_ranking(notices=(Notice("safety", "Ask about fainting."), CRISIS))
    assert {row["safety"] for row in rows(ranking)} == {"Ask about fainting."}
    (row,) = rows(a_ranking(safety_stop=STOP))
    assert {key: value for key, value in row.items() if value} == {
        "as_of": "2026-11-23",
        "safety_stop": "needs-24h",
        "safety": "Not outpatient: Care around the clock comes first.",
    }


def test_csv_gives_no_number_of_a_fictional_program() -> None:
    (row,) = rows(a_ranking(matches=(a_match(program=a_program_summary(fictional=True)),)))
    assert (row["phone"], row["fictional"], row["name"]) == ("", "yes", "Trauma Recovery IOP (fictional)")
