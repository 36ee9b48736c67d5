"""YAML is read as written: no scalar changes on the way, and what could surprise is refused."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from inline_snapshot import snapshot
from written_catalogs import problems

from opmatch.catalog.events import read_yaml
from opmatch.catalog.flaw import FlawedError, path_text
from opmatch.catalog.lines import lines_of
from opmatch.catalog.plain import UNWANTED


def said(text: str) -> list[tuple[int | None, str, str]]:
    """Line, path and message of all that is wrong with a text."""
    try:
        flaws = read_yaml(text).flaws
    except FlawedError as error:
        flaws = error.flaws
    return [(flaw.line, path_text(flaw.path), flaw.message) for flaw in flaws]


@pytest.mark.parametrize(
    "word",
    [
        "18:30",
        "02134",
        "no",
        "yes",
        "on",
        "off",
        "y",
        "1.10",
        "2026-10-01",
        "1_000",
        "0x1F",
        "1e3",
        "-5",
        ".inf",
        "<<",
    ],
)
def test_a_plain_word_stays_as_written(word: str) -> None:
    assert read_yaml(f"a: {word}").data == {"a": word}


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ('"true"', "true"),
        ("'null'", "null"),
    ],
)
def test_only_the_words_of_yaml_1_2_are_more_than_text(word: str, value: object) -> None:
    assert read_yaml(f"a: {word}\nb: [{word}]").data in (
        {"a": value, "b": [value]},
        {"a": value, "b": []},  # nothing in a list is no item
    )


def test_a_key_that_others_take_for_a_boolean_is_a_word() -> None:
    assert read_yaml("on: 1\nno: 2\n1.10: 3").data == {"on": "1", "no": "2", "1.10": "3"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a: 1\nb: {c: 1,\n  c: 2}",
            [(3, "b.c", "is written twice; the second would silently replace the first")],
        ),
        ("a: &x 1\nb: *x", [(1, "a", "has the anchor &x"), (2, "b", "uses the alias *x")]),
        ("a: [1, !!int 2]", [(1, "a[1]", "has the tag tag:yaml.org,2002:int")]),
        (
            "a: !!python/object:os.system {}",
            [(1, "a", "has the tag tag:yaml.org,2002:python/object:os.syst…")],
        ),
        ("--- 1\n--- 2", [(2, "", "holds several documents")]),
        ("true: 1", [(1, "", "has the key 'true'")]),
        ("a:\n  ? [1, 2]\n  : 3", [(2, "a", "has a list or mapping for a key")]),
        ('a: ["x\\e[31m"]', [(1, "a[0]", "holds the control character U+001B")]),
        ('a: "safe\\u202Eexe"', [(1, "a", "holds the control character U+202E")]),
        ("a: safe\u202eexe", [(1, "a", "holds the control character U+202E")]),
        ("a: 1\nb: \x07", [(2, "", "is not valid YAML: control characters are not allowed")]),
        (
            "a:\n  - b\n c",
            [
                (
                    3,
                    "",
                    "is not valid YAML: while parsing a block mapping, did not find expected key",
                )
            ],
        ),
    ],
)
def test_what_could_surprise_is_refused_where_it_stands(
    text: str, expected: list[tuple[int, str, str]]
) -> None:
    assert said(text) == expected


def test_all_flaws_of_a_text_are_found_at_once() -> None:
    assert [line for line, _path, _message in said("a: &x 1\nb: *x\na: 2\nc: !t 3")] == [1, 2, 3, 4]


def test_nesting_may_be_32_deep_and_no_deeper() -> None:
    assert said("[" * 32 + "]" * 32) == []
    assert said("[" * 33 + "]" * 33) == [(1, "", "is nested more than 32 deep")]


def test_the_lines_of_programs_come_with_the_reading() -> None:
    text = "catalog: {programs: [{}]}\nprograms:\n- a: 1\n  b: 2\n\n- a: 3\n"
    assert dict(read_yaml(text).lines) == {0: 3, 1: 6}


def test_without_libyaml_the_pure_parser_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: 18:30\nb: [no, true, {c: 02134}]\n"
    fast = read_yaml(text)
    monkeypatch.delattr(yaml, "CBaseLoader")
    assert read_yaml(text) == fast
    assert said("a: \x07")[0][2] == "is not valid YAML: special characters are not allowed"


HOSTILE = {
    "alias bomb": "a: &a [x, x]\n"
    + "".join(f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)),
    "merge bomb": "a: &a {x: 1}\nb: {<<: *a}\n",
    "deep flow": "[" * 100_000,
    "deep maps": "{a: " * 100_000,
    "deep block": "".join(" " * depth + "a:\n" for depth in range(400)),
    "deep dashes": "- " * 100_000,
    "many flaws": "".join(f"- *a{i}\n" for i in range(100_000)),
    "complex keys": "? " * 50_000,
    "huge scalar": "a: " + "x" * 3_000_000 + "\nb: *c\n",
    "tags": "a: !!binary aGk=\n",
    "tab": "a:\n\t- b\n",
    "escape": 'a: "\\x1b]0;owned\\x07"\n',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_yaml_is_refused_quickly(name: str, tmp_path: Path) -> None:
    start = time.perf_counter()
    found = problems(tmp_path, HOSTILE[name])
    assert found.startswith("catalog.yaml")
    assert UNWANTED.search(found) is None
    assert time.perf_counter() - start < 5


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc:- #", min_size=1), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(PLAIN)
def test_what_pyyaml_writes_is_read_back(data: Any) -> None:
    assert read_yaml(yaml.safe_dump(data, allow_unicode=True)).data == data


def test_the_line_of_any_path_can_be_told() -> None:
    tracks = "    tracks:\n      - id: x\n        start: 1\n      - {id: y,\n         end: 2}\n"
    text = f"opmatch: 1\nprograms:\n  - id: a\n{tracks}"
    paths = [
        ("opmatch",),
        ("programs", 0),
        ("programs", 0, "tracks", 1),
        ("programs", 0, "tracks", 1, "end"),
        ("programs", 0, "tracks", 0, "end"),
        ("catalog",),
    ]
    assert lines_of(text, paths) == snapshot(
        {
            ("opmatch",): 1,
            ("programs", 0): 3,
            ("programs", 0, "tracks", 1): 7,
            ("programs", 0, "tracks", 1, "end"): 8,
            ("programs", 0, "tracks", 0, "end"): 5,
        }
    )


def test_the_lines_of_json_are_told_too() -> None:
    text = '{\n "opmatch": 1,\n "programs": [\n\t{"id": "a",\n\t "site": {"zip":2134}}]}'
    assert lines_of(text, [("programs", 0, "site", "zip")]) == {("programs", 0, "site", "zip"): 5}
