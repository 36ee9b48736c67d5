# ruff: noqa: E501 (messages are shown as they print)
"""Files and folders become one catalog, or every reason why not."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from inline_snapshot import snapshot
from written_catalogs import HEAD, PLACES, VOCABULARY, entry, load_text, problems, program

from opmatch.catalog.load import load
from opmatch.catalog.sources import UnreadableError, read_source
from opmatch.errors import EXIT_BAD_INPUT, InputError
from opmatch.model.program import CatalogInfo


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def ids(*paths: Path) -> list[str]:
    return [found.id for found in load(paths, VOCABULARY, PLACES).programs]


def complaint(folder: Path, *paths: Path) -> str:
    with pytest.raises(InputError) as caught:
        load(paths, VOCABULARY, PLACES)
    assert caught.value.exit_code == EXIT_BAD_INPUT
    return str(caught.value).replace(f"{folder}{os.sep}", "").replace(os.sep, "/")


def test_programs_come_in_id_order_with_what_they_came_from(tmp_path: Path) -> None:
    text = HEAD + program(id="b") + program(id="a")
    catalog = load_text(tmp_path, text)
    assert [found.id for found in catalog.programs] == ["a", "b"]
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    assert catalog.infos == (CatalogInfo(name="County", sha256=sha256, programs=2, sample=False),)
    assert catalog.as_of is None
    assert catalog.programs[0].origin.path.endswith("catalog.yaml")


def test_a_catalog_without_a_name_is_called_by_its_file(tmp_path: Path) -> None:
    catalog = load_text(tmp_path, "opmatch: 1\nprograms:\n" + program(), "county.yaml")
    assert catalog.infos[0].name == "county"


def test_only_samples_have_a_day_of_their_own(tmp_path: Path) -> None:
    def sample(name: str, day: str, sample: str) -> Path:
        head = f"opmatch: 1\ncatalog: {{sample: {sample}, as_of: {day}}}\nprograms:\n"
        return write(tmp_path / name, head + program(id=name[0]))

    old, new = sample("a.yaml", "2026-10-01", "true"), sample("b.yaml", "2026-11-01", "true")
    real = sample("c.yaml", "2026-11-02", "false")
    assert load([old, new], VOCABULARY, PLACES).as_of == dt.date(2026, 11, 1)
    assert load([old, new, real], VOCABULARY, PLACES).as_of is None


def test_what_a_source_can_express_is_kept_with_its_programs(tmp_path: Path) -> None:
    head = "opmatch: 1\ncatalog: {expresses: {payers: [medicaid, Medicare], genders: [female]}}\nprograms:\n"
    origin = load_text(tmp_path, head + program()).programs[0].origin
    assert (origin.payers_over, origin.genders_over) == (("medicaid", "medicare"), ("female",))


def test_a_program_may_express_less_than_its_catalog(tmp_path: Path) -> None:
    head = "opmatch: 1\ncatalog: {expresses: {payers: [medicaid, medicare], genders: [female]}}\nprograms:\n"
    origin = load_text(tmp_path, head + program("expresses: {payers: [medicaid]}")).programs[0].origin
    assert (origin.payers_over, origin.genders_over) == (("medicaid",), ("female",))


def test_no_catalog_at_all_is_a_problem(tmp_path: Path) -> None:
    assert complaint(tmp_path) == "catalog: none is named; name a file or folder"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such device there")
def test_a_device_is_no_catalog(tmp_path: Path) -> None:
    assert complaint(tmp_path, Path("/dev/zero")) == "/dev/zero: is not a file; name a YAML or JSON file"


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b"])
def test_a_name_no_file_can_have_is_told(tmp_path: Path, name: str) -> None:
    assert "can't be read: " in complaint(tmp_path, Path(name))


def test_a_folder_is_all_catalogs_in_it(tmp_path: Path) -> None:
    write(tmp_path / "b.yml", HEAD + program(id="b"))
    write(tmp_path / "sub" / "a.YAML", HEAD + program(id="a"))
    write(tmp_path / "c.json", json.dumps({"opmatch": 1, "programs": [entry(id="c")]}))
    write(tmp_path / "notes.txt", "no catalog")
    write(tmp_path / ".hidden.yaml", "no catalog")
    write(tmp_path / ".git" / "x.yaml", "no catalog")
    assert ids(tmp_path) == ["a", "b", "c"]


@pytest.mark.skipif(sys.platform == "win32", reason="making links needs rights there")
def test_links_that_lead_back_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "a.yaml", HEAD + program())
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "same.yaml").symlink_to(tmp_path / "a.yaml")
    assert ids(tmp_path) == ["a"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    file = write(tmp_path / "a.yaml", HEAD + program())
    assert ids(file, tmp_path, file) == ["a"]


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD + program()).replace("\n", "\r\n").encode())
    assert ids(path) == ["a"]


def test_a_repeated_id_names_both_places(tmp_path: Path) -> None:
    one = write(tmp_path / "one.yaml", HEAD + program(id="x") + program(id="a"))
    two = write(tmp_path / "two.json", '{"opmatch": 1, "programs": [\n ' + json.dumps(entry(id="a")) + "]}")
    assert complaint(tmp_path, one, two) == snapshot(
        "two.json:2: program `a`: `id`: is also the id of the program at one.yaml:8; give one of them another id"
    )
    again = write(tmp_path / "again.yaml", HEAD + program(id="a") + program(id="a"))
    assert complaint(tmp_path, again) == snapshot(
        "again.yaml:8: program `a`: `id`: is also the id of the program at again.yaml:4; give one of them another id"
    )


def test_all_files_are_told_of_at_once(tmp_path: Path) -> None:
    (tmp_path / "empty folder.yaml").mkdir()
    (tmp_path / "utf16.yaml").write_bytes(HEAD.encode("utf-16"))
    (tmp_path / "latin.yaml").write_bytes("opmatch: 1\nname: caf\xe9\n".encode("latin-1"))
    (tmp_path / "sheet.xlsx").write_bytes(b"PK\x03\x04\x00\x00\x1b")
    paths = [
        tmp_path / "missing.yaml",
        tmp_path / "empty folder.yaml",
        tmp_path / "utf16.yaml",
        tmp_path / "latin.yaml",
        tmp_path / "sheet.xlsx",
        write(tmp_path / "empty.yaml", "# nothing\n"),
        write(tmp_path / "list.yaml", "- a\n"),
        write(tmp_path / "other.yaml", "swagger: 2\n"),
        write(tmp_path / "newer.yaml", "opmatch: 2\nprograms: []\n"),
        write(tmp_path / "none.yaml", "opmatch: 1\nprograms: []\n"),
        write(tmp_path / "text.yaml", "opmatch: 1\nprograms: soon\n"),
        write(
            tmp_path / "head.yaml",
            "opmatch: 1\nprogrms: x\ncatalog: {as_of: x, expresses: {payers: [vaa]}}\nprograms:\n"
            + program(),
        ),
        write(tmp_path / "broken.json", '{"opmatch": 1,\n "programs": [,]}'),
        write(tmp_path / "twice.json", '{"opmatch": 1,\n "programs": [\n{"id": "a", "id": "b"}]}'),
        write(tmp_path / "nan.json", '{"opmatch": 1,\n "programs": [{"id": NaN, "n": -Infinity}]}'),
    ]
    assert complaint(tmp_path, *paths) == snapshot("""\
empty folder.yaml: is a folder without catalogs; they end in .yaml, .yml, .json
missing.yaml: there is no such file; check the name
utf16.yaml: is written in UTF-16; save it as UTF-8
latin.yaml:2: is not UTF-8 (byte 0xE9); save it as UTF-8
sheet.xlsx: is not a text file; a catalog is YAML or JSON text; directories are read with `opmatch catalog import`
empty.yaml: is empty; a catalog starts with opmatch: 1
list.yaml: is not a catalog; write opmatch: 1 at its top
other.yaml: is not a catalog: the key opmatch is missing; write opmatch: 1 at its top
newer.yaml:1: `opmatch`: is '2', a version this opmatch doesn't read; it reads version 1
none.yaml:2: `programs`: has no programs; list them under programs
text.yaml:2: `programs`: is not a list; start each program with a dash
head.yaml:2: `progrms`: is not a key of the format; did you mean programs?
head.yaml:3: `catalog.as_of`: can't be 'x'; write the day year first, such as 2026-10-01
broken.json:2: is not valid JSON: Expecting value (column 15); check commas, quotes and brackets here
twice.json:3: program `b`: `id`: is written twice; the second would silently replace the first; keep one
twice.json:3: program `b`: `name`: is missing; write a short text
twice.json:3: program `b`: `field`: is missing; write a list such as [mental-health]
twice.json:3: program `b`: `level`: is missing; write op, iop or php
nan.json:2: `programs[0].id`: NaN is no usable number; write a plain number
nan.json:2: `programs[0].n`: -Infinity is no usable number; write a plain number
nan.json:2: `programs[0].name`: is missing; write a short text
nan.json:2: `programs[0].field`: is missing; write a list such as [mental-health]
nan.json:2: `programs[0].level`: is missing; write op, iop or php\
""")


def test_only_fifty_problems_are_printed_and_the_rest_counted(tmp_path: Path) -> None:
    lines = problems(tmp_path, HEAD + "".join(program("lvl: x", id=f"a{i}") for i in range(60))).splitlines()
    assert (len(lines), lines[-1]) == (51, "and 10 more")


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    path = write(tmp_path / "big.yaml", "#" * 2_000_000)
    with pytest.raises(UnreadableError, match="is larger than 1 MB; split it"):
        read_source(path, limit=1024 * 1024)


HOSTILE_JSON = {
    "deep lists": "[" * 100_000,
    "deep maps": '{"a":' * 100_000,
    "endless number": '{"opmatch": 1' + "0" * 100_000 + "}",
    "endless numbers inside": '{"opmatch": 1, "programs": [{"id": 1' + "0" * 100_000 + "}]}",
    "huge exponent": '{"opmatch": 1, "programs": [{"fees": {"visit": 1e999999}}]}',
    "half a character": '{"opmatch": 1, "programs": [{"id": "a", "name": "\\ud800"}]}',
    "escape": '{"opmatch": 1, "programs": [{"id": "a", "name": "\\u001b[2J"}]}',
    "a key twice, often": '{"opmatch": 1, "programs": [{'
    + ",".join('"a": 1' for _ in range(100_000))
    + "}]}",
}


@pytest.mark.parametrize("name", HOSTILE_JSON)
def test_hostile_json_is_refused(name: str, tmp_path: Path) -> None:
    found = problems(tmp_path, HOSTILE_JSON[name], "catalog.json")
    assert found.startswith("catalog.json")
    found.encode()
    assert found.replace("\n", "").isprintable()


def test_progress_runs_to_the_end(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    one = write(tmp_path / "a.yaml", HEAD + "".join(program(id=f"a{i}") for i in range(600)))
    two = write(tmp_path / "b.json", json.dumps({"opmatch": 1, "programs": [entry(id="b")]}))
    load([one, two], VOCABULARY, PLACES, lambda done, total: seen.append((done, total)))
    total = one.stat().st_size + two.stat().st_size
    assert seen == sorted(seen)
    assert seen[-1] == (total, total)
    assert len(seen) > 3


TERMS = {kind: st.sampled_from([term.id for term in terms]) for kind, terms in VOCABULARY.of_kind.items()}
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)).map(str)
TRI = st.sampled_from([True, False, "unknown"])
CLOCKS = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02d}:{quarter % 4 * 15:02d}")
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), max_size=12
) | st.sampled_from(
    [
        "no",
        "18:30",
        "02134",
        "1.10",
        "2026-10-01",
        "null",
        "~",
        "true",
        "- a",
        "a: b",
        "# x",
        "{",
        "'",
        '"',
        "*a",
        "&a",
        "!a",
    ]
)


def some(kind: Any) -> st.SearchStrategy[list[str]]:
    return st.lists(TERMS[kind], max_size=3, unique=True)


def optional(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=keys)


AGES = st.lists(optional(min=st.integers(0, 60), max=st.integers(60, 120), sure=st.booleans()), max_size=2)
TRACK = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["a", "evening"]),
        "days": st.just(["mon", "wed-fri"]),
        "start": CLOCKS.filter(lambda c: c < "12"),
        "end": CLOCKS.filter(lambda c: c > "13"),
    },
    optional={"ages": AGES, "seats_open": st.integers(0, 9), "as_of": DAYS, "languages": some("language")},
)
PROGRAM = st.fixed_dictionaries(
    {
        "id": st.from_regex(r"[a-z0-9][a-z0-9-]{0,9}", fullmatch=True),
        "name": TEXTS.filter(str.strip),
        "field": st.just(["mental-health"]),
        "level": st.sampled_from(["op", "iop", "php"]),
    },
    optional={
        "organization": TEXTS,
        "delivery": st.sampled_from(["in-person", "virtual", "hybrid"])
        | optional(in_person=TRI, virtual=TRI),
        "site": optional(
            street=TEXTS, city=TEXTS, zip=st.sampled_from(["02134", "60610"]), confidential=st.booleans()
        ),
        "ages": AGES,
        "needs": optional(treats=some("need"), only=some("need")),
        "approaches": some("approach")
        | st.lists(
            st.fixed_dictionaries({"id": TERMS["approach"]}, optional={"offered": TRI, "fidelity": TEXTS}),
            max_size=1,
        ),
        "populations": optional(welcomes=some("population"), only=some("population") | st.just("unknown")),
        "payers": some("payer")
        | st.lists(
            st.fixed_dictionaries({"id": TERMS["payer"]}, optional={"accepting": TRI, "verified": DAYS}),
            max_size=1,
        ),
        "fees": optional(visit=st.floats(0, 1000), sliding_scale_from=st.integers(0, 50)),
        "tracks": st.lists(TRACK, max_size=1),
        "office_hours": st.just({"mon-thu": "08:00-20:00", "sat": ["09:00-12:00"], "sun": "closed"}),
        "verified": optional(date=DAYS, by=TEXTS, fields=st.dictionaries(st.just("availability"), DAYS)),
        "source": optional(name=TEXTS, record=TEXTS),
        "notes": st.lists(TEXTS, max_size=2),
        "interpreters": TRI,
    },
)


@given(PROGRAM)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_yaml_and_json_of_one_catalog_are_the_same_programs(tmp_path: Path, written: dict[str, Any]) -> None:
    data = {"opmatch": 1, "catalog": {"name": "County"}, "programs": [written]}
    (from_json,) = load_text(tmp_path, json.dumps(data), "a.json").programs
    for flow in (True, False):
        text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow)
        (from_yaml,) = load_text(tmp_path, text, "a.yaml").programs
        assert msgspec.structs.replace(from_yaml, origin=from_json.origin) == from_json
