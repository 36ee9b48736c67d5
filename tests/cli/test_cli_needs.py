"""`opmatch needs` and `opmatch crisis`."""

from __future__ import annotations

import json

import pytest
from cli_running import Run
from cli_running import run_fixture as run_fixture


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("panic attacks", "“panic attacks” is taken for Panic disorder (panic)."),
        ("depresion", "“depresion” is taken for Depression (depression), a near spelling."),
        ("F43.10", "“F43.10” is taken for Post-traumatic stress disorder (PTSD) (ptsd)."),
    ],
)
def test_what_is_understood_is_said(run: Run, text: str, line: str) -> None:
    outcome = run("needs", text)
    assert (outcome.code, outcome.out.splitlines()[0]) == (0, line)


def test_what_is_not_understood_says_where_to_look(run: Run) -> None:
    outcome = run("needs", "xyzzy")
    assert outcome.code == 1
    assert outcome.out.startswith("“xyzzy” is not a need that is known. All of them: opmatch needs\n")


def test_the_reading_as_data(run: Run) -> None:
    outcome = run("needs", "depresion", "--format", "json")
    assert json.loads(outcome.out) == {
        "schema": 1,
        "text": "depresion",
        "sure": True,
        "candidates": [{"id": "depression", "label": "Depression", "score": 0.95, "matched": ["depresion"]}],
        "declined": None,
        "crisis": False,
    }
    assert outcome.err == ""


def test_words_of_danger_are_answered_with_help_first(run: Run) -> None:
    outcome = run("needs", "i will kill myself tonight")
    assert outcome.code == 3
    assert "988" in outcome.out
    assert outcome.err.startswith("opmatch: ")
    assert "988" in outcome.err
    stopped = json.loads(run("needs", "i will kill myself tonight", "-f", "json").out)
    assert stopped["safety_stop"]["flag"] == "imminent-risk"
    noticed = run("needs", "suicidal thoughts")
    assert noticed.code == 0
    assert noticed.out.startswith("In crisis or thinking about suicide: call or text 988")


def test_without_a_text_every_need_is_listed_under_its_broader_one(run: Run) -> None:
    lines = run("needs").out.splitlines()
    assert lines[0].startswith("mood ")
    assert lines[1].startswith("  depression ")
    assert {"id", "label"} <= set(json.loads(run("needs", "-f", "json").out)["needs"][0])


def test_crisis_lines_are_printed_at_once(run: Run) -> None:
    outcome = run("crisis")
    assert (outcome.code, outcome.err) == (0, "")
    for part in ("988", "AYUDA", "838255", "videophone", "911", "1-800-662-4357", "not a crisis line"):
        assert part in outcome.out
