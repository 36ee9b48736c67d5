"""Files of SAMHSA's directories as one catalog: which directory, which ids, what became of every record."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from samhsa_rows import COLUMNS, a_csv, a_row, imported

from opmatch.catalog.load import load
from opmatch.catalog.write import write
from opmatch.errors import InputError
from opmatch.formats.imported import Imported, Summary
from opmatch.formats.samhsa import NO_CODES, NO_LEVEL, NO_NAME, import_samhsa
from opmatch.places.lookup import Places
from opmatch.vocabulary.load import load as load_vocabulary
from workbooks import a_workbook

MH = "MH * OP * CBT * MD"
SU = "SA * OP ORT * MOTI * MD"


def ids(result: Imported) -> list[str]:
    return [program["id"] for program in result.programs]


def test_every_record_is_imported_or_skipped_for_a_reason(tmp_path: Path) -> None:
    rows = [
        a_row("SA SUMH * OP OIT ORT * XYZ MD"),
        a_row("SA * RES RL"),
        a_row(""),
        a_row("SA * OP ORT * XYZ", name1=" "),
        a_row("SA * HI HIT"),
    ]
    path = a_csv(tmp_path, *rows)
    assert import_samhsa([path]).summary == Summary(
        read=5,
        records_imported=1,
        imported={"op": 1, "iop": 1, "php": 0},
        fields={"mental-health": 2, "substance-use": 2},
        skipped={NO_LEVEL: 2, NO_CODES: 1, NO_NAME: 1},
        unknown_codes={"XYZ": 2},
        unclear={"service_code_info": 1},
        files=((str(path), "samhsa-su-2022", 5),),
    )


def test_blank_rows_count_as_places_but_not_as_records(tmp_path: Path) -> None:
    blank = dict.fromkeys(COLUMNS, " ")
    result = imported(tmp_path, blank, a_row(SU), blank, a_row(SU, zip="36311"))
    assert result.summary.read == 2
    assert [program["source"]["record"] for program in result.programs] == ["2", "4"]


def test_the_codes_say_which_directory_a_file_is_whatever_its_name(tmp_path: Path) -> None:
    mental = a_csv(tmp_path, a_row(MH), name="National_Directory_SA_Facilities_2022.csv")
    substance = a_csv(tmp_path, a_row(SU), name="mental-health.csv")
    result = import_samhsa([mental, substance])
    assert {program["source"]["name"]: program["field"] for program in result.programs} == {
        "samhsa-mh-2022": ["mental-health"],
        "samhsa-su-2022": ["substance-use"],
    }


def test_lists_of_either_directory_are_complete_over_what_it_can_express(tmp_path: Path) -> None:
    mental = a_csv(tmp_path, a_row(MH), a_row(MH, zip="36311"), name="a.csv")
    substance = a_csv(tmp_path, a_row(SU), name="b.csv")
    result = import_samhsa([mental, substance])
    over = {
        program["source"]["name"]: set((program.get("expresses") or result.header["expresses"])["payers"])
        for program in result.programs
    }
    assert over["samhsa-mh-2022"] - over["samhsa-su-2022"] == {"va"}
    assert over["samhsa-su-2022"] - over["samhsa-mh-2022"] == {"free"}
    assert sum("expresses" in program for program in result.programs) == 1


def test_a_facility_of_both_directories_keeps_its_ids_in_a_joint_import(tmp_path: Path) -> None:
    mental = a_csv(tmp_path, a_row(MH), name="a.csv")
    substance = a_csv(tmp_path, a_row(SU), name="b.csv")
    alone = ids(import_samhsa([mental])) + ids(import_samhsa([substance]))
    assert ids(import_samhsa([substance, mental])) == alone
    assert alone == [
        "wiregrass-services-henry-clinic-36310-mh-op",
        "wiregrass-services-henry-clinic-36310-su-op",
    ]


def test_ids_do_not_depend_on_the_order_of_records(tmp_path: Path) -> None:
    rows = [
        a_row(SU),
        a_row(SU, street1="4 Elm Street"),
        a_row(SU, street1="4 Elm Street", phone="800-555-0102"),
        a_row("SA * OIT * MD", zip="36311"),
    ]
    first = imported(tmp_path, *rows)
    random.Random(1).shuffle(rows)
    second = imported(tmp_path, *rows)
    without_rows = [
        [{**program, "source": program["source"]["name"]} for program in result.programs]
        for result in (first, second)
    ]
    assert without_rows[0] == without_rows[1]
    assert len(set(ids(first))) == 4


def test_namesakes_that_differ_in_codes_alone_are_not_numbered_by_order(tmp_path: Path) -> None:
    long = "SA * ORT * " + " ".join(f"X{number}" for number in range(200))
    one, other = a_row(f"{long} * MD"), a_row(f"{long} * MC")
    payers = [
        {program["id"]: program["payers"] for program in imported(tmp_path, *rows).programs}
        for rows in ((one, other), (other, one))
    ]
    assert payers[0] == payers[1]


def test_equal_records_are_both_imported(tmp_path: Path) -> None:
    found = ids(imported(tmp_path, a_row(SU), a_row(SU)))
    assert [one[-8:] for one in found] == ["-1-su-op", "-2-su-op"]


def test_importing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    path = a_csv(tmp_path, a_row(MH), a_row("MH * OP PHDT * DBT", name1="Zoë’s “Place”"))
    texts = []
    for name in ("one.yaml", "two.yaml"):
        result = import_samhsa([path])
        write(tmp_path / name, result.header, result.programs)
        texts.append((tmp_path / name).read_bytes())
    assert texts[0] == texts[1]


def test_a_workbook_and_a_csv_of_the_same_rows_are_the_same(tmp_path: Path) -> None:
    rows = [a_row(SU), a_row(SU, name1="Peña & Sons")]
    cells = [list(COLUMNS), *([row[column] for column in COLUMNS] for row in rows)]
    book = a_workbook(tmp_path / "d.xlsx", {"Codes": [["code", "name"], ["OP", "Outpatient"]], "List": cells})
    assert import_samhsa([book]).programs == imported(tmp_path, *rows).programs


def test_progress_ends_at_all_records(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    import_samhsa([a_csv(tmp_path, a_row(SU), a_row(SU))], lambda done, total: seen.append((done, total)))
    assert seen == [(0, 2), (2, 2)]


def test_text_no_catalog_may_hold_is_taken_out(tmp_path: Path) -> None:
    (program,) = imported(tmp_path, a_row(SU, name1="A\x1b[31m\u202eB", name2="x" * 5000)).programs
    assert program["organization"] == "A [31m B"
    assert program["name"] == "x" * 200


def message(*paths: Path) -> str:
    with pytest.raises(InputError) as error:
        import_samhsa(paths)
    return str(error.value)


def test_a_file_given_twice_is_refused(tmp_path: Path) -> None:
    path = a_csv(tmp_path, a_row(SU))
    assert message(path, tmp_path / "." / path.name) == f"{path}: is given twice; give it once"


def test_records_of_both_directories_in_one_file_are_refused(tmp_path: Path) -> None:
    path = a_csv(tmp_path, a_row(MH + " * DBT"), a_row(SU))
    assert message(path) == (
        f"{path}: mixes records of the mental health and the substance use directory, whose codes differ;"
        " give each as a file of its own"
    )


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        ("QQ ZZ", "has none of the service codes of SAMHSA's directories in `service_code_info`"),
        ("", "has the columns but no facilities with service codes"),
        ("SA * RES RL", "lists no outpatient program among 1 records"),
    ],
)
def test_a_file_without_programs_is_refused(tmp_path: Path, codes: str, said: str) -> None:
    path = a_csv(tmp_path, a_row(codes))
    assert message(path).startswith(f"{path}: {said};")


def test_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    bad = a_csv(tmp_path, a_row("QQ"), name="bad.csv")
    assert len(message(bad, tmp_path / "missing.csv").splitlines()) == 2


def test_an_imported_catalog_reads_back_with_each_programs_own_complete_lists(tmp_path: Path) -> None:
    mental = a_csv(tmp_path, a_row(MH), a_row(MH, zip="60610"), name="a.csv")
    substance = a_csv(
        tmp_path, a_row("SA * OIT * MC", name1="x\x1b[2J" * 200, state="?", zip="?"), name="b.csv"
    )
    result = import_samhsa([mental, substance])
    write(tmp_path / "c.yaml", result.header, result.programs)
    catalog = load([tmp_path / "c.yaml"], load_vocabulary(), Places())
    over = {program.source.name: set(program.origin.payers_over or ()) for program in catalog.programs}
    assert over["samhsa-mh-2022"] ^ over["samhsa-su-2022"] == {"va", "free", "medicare"}
