"""The kind of a file is told by what is in it, whatever its name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hsds_documents import a_folder, a_service, a_zip, tables
from importing import a_json, a_table
from samhsa_rows import a_csv
from samhsa_rows import a_row as a_samhsa_row

from opmatch.errors import InputError
from opmatch.formats.detect import KINDS, detect
from opmatch.formats.importers import import_files
from workbooks import a_workbook

OWNPATH = {"AccountID": "A1", "MentalHealthSettings": "Outpatient", "SubstanceUseServices": ""}
PLAIN = {"Name": "Harbor", "Field": "mental-health", "LEVEL": "op"}


def test_every_kind_by_its_content(tmp_path: Path) -> None:
    locator = {"rows": [{"name1": "A", "type_facility": "MH", "services": []}]}
    found = {
        detect([path])
        for path in (
            a_csv(tmp_path, a_samhsa_row("OP * MH"), name="services.csv"),
            a_workbook(tmp_path / "s.zip", {"S": [["Facilities"], list(a_samhsa_row("")), []]}),
        )
    }
    assert found == {"samhsa"}
    assert detect([a_table(tmp_path / "samhsa.csv", [OWNPATH])]) == "ownpath"
    assert detect([a_table(tmp_path / "ownpath.csv", [PLAIN])]) == "csv"
    assert detect([a_workbook(tmp_path / "plain.xlsx", {"S": [list(PLAIN)]})]) == "csv"
    assert detect([a_json(tmp_path / "hsds.json", locator)]) == "findtreatment"
    assert detect([a_json(tmp_path / "rows.json", [a_service()])]) == "hsds"
    assert detect([a_folder(tmp_path / "folder", tables())]) == "hsds"
    assert detect([a_zip(tmp_path / "package.xlsx", tables())]) == "hsds"
    assert detect(sorted((tmp_path / "folder").iterdir())) == "hsds"


def test_files_of_no_kind_or_of_several_say_so(tmp_path: Path) -> None:
    other = a_table(tmp_path / "other.csv", [{"a": "1"}])
    with pytest.raises(
        InputError, match="is of no kind that is known by its content; name the kind: samhsa, "
    ):
        detect([other])
    with pytest.raises(InputError, match="is of another kind than others"):
        detect([a_table(tmp_path / "a.csv", [OWNPATH]), a_table(tmp_path / "b.csv", [PLAIN])])
    with pytest.raises(InputError, match="is not there"):
        detect([tmp_path / "none.csv"])
    with pytest.raises(InputError, match="is of no kind"):
        detect([tmp_path])


def test_a_pipe_is_told_to_be_saved_first(tmp_path: Path) -> None:
    pipe = tmp_path / "programs.csv"
    os.mkfifo(pipe)
    for kind in (None, *KINDS):
        with pytest.raises(InputError, match="save it to a file first"):
            import_files([pipe, tmp_path / "other.csv"], kind)
