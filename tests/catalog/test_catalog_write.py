"""Catalog files written: any text survives, and nothing is ever half there."""

from __future__ import annotations

import datetime as dt
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from opmatch.catalog.events import read_yaml
from opmatch.catalog.plain import UNWANTED
from opmatch.catalog.write import write
from opmatch.catalog.yaml_text import flow
from opmatch.errors import UsageError

HEADER: dict[str, Any] = {"name": "Ours", "sample": False, "as_of": dt.date(2026, 11, 1)}
A_PROGRAM: dict[str, Any] = {
    "id": "a",
    "name": "A: one",
    "ages": [{"min": 13, "max": 17}],
    "fees": {"visit": 12.5},
}

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
LEAF = TEXT | st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
DATA = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4), max_leaves=12
)


@given(DATA)
@example(
    ["no", "on", "y", "null", "18:30", "02134", "1.10", "2026-10-01", "~", "", " a ", "- a", "a: b", "#"]
)
@example(["\x85 \u2028 \u2029 \ufeff \x00 \x1b \x7f \t \n", "😀", "\U0001ffff", 'it\'s "so"', "\\", "{a}"])
@example([1e16, 1e-07, -0.0, 1e300, 123456789012345678])
@example({"x" * 200: 1})
def test_any_plain_data_reads_back_as_it_was(data: Any) -> None:
    assert yaml.safe_load(f"value: {flow(data)}\n") == {"value": data}


@given(TEXT.filter(lambda text: UNWANTED.search(text) is None))
def test_any_text_a_catalog_may_hold_is_read_by_opmatch(text: str) -> None:
    document = read_yaml(f"value: {flow(text)}\nlist: [{flow(text)}]\n")
    assert (document.data, document.flaws) == ({"value": text, "list": [text]}, ())


def test_half_characters_become_replacement_marks() -> None:
    assert flow("a\ud800b") == '"a\ufffdb"'


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_numbers_that_are_none_are_refused(value: float) -> None:
    with pytest.raises(ValueError, match="Out of range"):
        flow(value)


def test_what_is_not_plain_data_is_refused() -> None:
    with pytest.raises(TypeError, match="object is not plain data"):
        flow([object()])


def test_a_catalog_is_written_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    write(path, HEADER, [A_PROGRAM, {"id": "b", "payers": ["private:aetna", "self_pay"], "notes": []}])
    assert path.read_text(encoding="utf-8") == (
        "opmatch: 1\n"
        "catalog:\n"
        '  name: "Ours"\n'
        "  sample: false\n"
        "  as_of: 2026-11-01\n"
        "programs:\n"
        "  - id: a\n"
        '    name: "A: one"\n'
        "    ages: [{min: 13, max: 17}]\n"
        "    fees: {visit: 12.5}\n"
        "  - id: b\n"
        '    payers: ["private:aetna", self_pay]\n'
        "    notes: []\n"
    )


def test_a_catalog_without_programs_says_so(tmp_path: Path) -> None:
    write(tmp_path / "c.yaml", {}, iter(()))
    assert yaml.safe_load((tmp_path / "c.yaml").read_text()) == {"opmatch": 1, "catalog": {}, "programs": []}


def test_progress_counts_programs(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    write(tmp_path / "c.yaml", HEADER, [A_PROGRAM] * 300, lambda done, total: seen.append((done, total)))
    assert seen == [(256, 300), (300, 300)]


def failing() -> Iterator[dict[str, Any]]:
    yield A_PROGRAM
    raise OSError(28, "No space left on device")


def test_a_full_disk_is_one_clear_line_and_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text("before")
    with pytest.raises(UsageError) as error:
        write(path, HEADER, failing())
    assert str(error.value) == f"{path} can't be written: no space left on device"
    assert [file.name for file in tmp_path.iterdir()] == ["c.yaml"]
    assert path.read_text() == "before"


def test_an_interruption_leaves_nothing_behind(tmp_path: Path) -> None:
    def interrupted() -> Iterator[dict[str, Any]]:
        yield A_PROGRAM
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "c.yaml", HEADER, interrupted())
    assert list(tmp_path.iterdir()) == []


def test_places_that_cannot_be_written_to(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder; name a file in it"):
        write(tmp_path, HEADER, [])
    with pytest.raises(UsageError, match="can't be written: its folder doesn't exist"):
        write(tmp_path / "none" / "c.yaml", HEADER, [])
    with pytest.raises(UsageError, match="can't be used as a file name"):
        write(Path("a\0b"), HEADER, [])


posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions and devices")


@posix
def test_a_device_is_not_replaced() -> None:
    with pytest.raises(UsageError, match="is not a file"):
        write(Path(os.devnull), HEADER, [])
    assert not Path(os.devnull).is_file()


@posix
def test_a_new_catalog_is_its_owners_and_a_replaced_one_keeps_its_permissions(tmp_path: Path) -> None:
    new, old = tmp_path / "new.yaml", tmp_path / "old.yaml"
    old.touch()
    old.chmod(0o640)
    for path in (new, old):
        write(path, HEADER, [])
    assert [stat.S_IMODE(path.stat().st_mode) for path in (new, old)] == [0o600, 0o640]


@posix
def test_a_link_keeps_pointing_where_it_did(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").touch()
    link = tmp_path / "link.yaml"
    link.symlink_to("real.yaml")
    write(link, HEADER, [])
    assert link.is_symlink()
    assert (tmp_path / "real.yaml").read_text().startswith("opmatch: 1\n")
