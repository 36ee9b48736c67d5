"""Request files: what is read as written, and every problem of a file at once."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline_snapshot import snapshot

from opmatch.errors import InputError, UsageError
from opmatch.intake.request_file import read_request
from opmatch.intake.words import KEYS, RequestWords, Where, apply_change, as_document, merge

EVERY_KEY = """\
needs: [ptsd, panic attacks]
levels: iop
age: 34
near: 02134
within: 15
delivery: any
when:
  - mon-fri 17:30-21:00
  - sat 9-13
payers: [medicaid]
language: no
populations: veterans
gender: female
approaches: [emdr]
services: [group-therapy]
supports: [childcare]
start_by: 2026-12-01
waitlist: yes
except: [lakeshore-trauma-iop]
must: approach
safety: none
safety_reviewed: false
weights: close
ref: A-17
"""
EVERY_VALUE = {
    "needs": ["ptsd", "panic attacks"],
    "levels": ["iop"],
    "age": "34",
    "near": "02134",
    "within": "15",
    "delivery": "any",
    "when": ["mon-fri 17:30-21:00", "sat 9-13"],
    "payers": ["medicaid"],
    "language": "no",
    "populations": ["veterans"],
    "gender": "female",
    "approaches": ["emdr"],
    "services": ["group-therapy"],
    "supports": ["childcare"],
    "start_by": "2026-12-01",
    "waitlist": True,
    "except": ["lakeshore-trauma-iop"],
    "must": ["approach"],
    "safety": ["none"],
    "safety_reviewed": False,
    "weights": "close",
    "ref": "A-17",
}


def test_every_key_is_read_and_values_stay_as_written() -> None:
    words = read_request(EVERY_KEY, "request.yaml")
    assert as_document(words) == EVERY_VALUE
    assert tuple(EVERY_VALUE) == KEYS
    assert words.sources["payers"] == Where("request.yaml", 10)


def test_json_is_read_alike_with_its_lines() -> None:
    words = read_request(json.dumps(EVERY_VALUE, indent=1), "-")
    assert as_document(words) == EVERY_VALUE
    assert words.sources["age"] == Where("-", 9)
    assert read_request('{"age": 34, "within": 1.5, "waitlist": null}', "r.json").within == "1.5"


@pytest.mark.parametrize(
    "written", ["18:30", "no", "02134", "1.10", "2026-10-01", "on", "0x1F", "1_000", "NULLS"]
)
def test_what_yaml_would_change_comes_through(written: str) -> None:
    assert read_request(f"near: {written}", "r.yaml").near == written


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "---\n", "~", "{}", "needs:\nage: ~\nwhen: []\nref: ''\n"]
)
def test_blanks_ask_nothing(text: str) -> None:
    assert as_document(read_request(text, "r.yaml")) == {}


def problems(text: str, name: str = "r.yaml") -> str:
    with pytest.raises(InputError) as caught:
        read_request(text, name)
    return str(caught.value)


def test_all_problems_are_told_at_once_each_with_its_line() -> None:
    text = """\
neds: [ptsd]
age: [34]
levels: {iop: true}
waitlist: maybe
for: veterans
when: [[mon]]
age: 35
except-ids: [a]
"""
    assert problems(text) == snapshot("""\
r.yaml:1: no request has the key "neds"; did you mean needs?
r.yaml:2: `age`: takes one value, not several; write age: value
r.yaml:3: `levels`: holds more than texts; write levels: [first, second]
r.yaml:4: `waitlist`: is neither true nor false; write waitlist: true
r.yaml:5: no request has the key "for"; did you mean populations?
r.yaml:6: `when`: holds more than texts; write when: [first, second]
r.yaml:7: the key "age" is written twice; keep one
r.yaml:8: no request has the key "except-ids"; did you mean except?\
""")


@pytest.mark.parametrize(
    "key",
    [
        *(
            "name",
            "client_name",
            "FirstName",
            "dob",
            "date_of_birth",
            "birthDate",
            "phone",
            "cell_phone",
            "email",
        ),
        *("e-mail", "address", "ssn", "MRN", "medical_record_number", "client", "patientId", "member id"),
    ],
)
def test_a_key_that_would_say_who_the_client_is_is_refused_with_the_reason(key: str) -> None:
    said = problems(f"{key}: Maria Lopez\n")
    assert "would say who the client is" in said
    assert "Maria" not in said


def test_text_that_cannot_be_read_is_one_problem_with_its_line() -> None:
    texts = {
        "alias": "needs: &n [ptsd]\nlevels: *n\n",
        "alias alone": "levels: *n\n",
        "tag": "needs: !!python/object:os.system x\n",
        "list": "- ptsd\n",
        "scalar": "ptsd\n",
        "two documents": "age: 1\n---\nage: 2\n",
        "list as key": "[a]: b\n",
        "deep": "needs: " + "[" * 9 + "]" * 9,
        "escaped control": 'needs: "\\e[31m"\n',
        "long": f"needs: {'x' * 3000}\n",
        "many": f"needs: [{'x, ' * 200}]\n",
        "huge": "#" * 300_000,
    }
    assert "\n".join(f"{what}: {problems(text)}" for what, text in texts.items()) == snapshot("""\
alias: r.yaml:1: uses an anchor or alias (& or *); write the value out, in quotes
alias alone: r.yaml:1: uses an anchor or alias (& or *); write the value out, in quotes
tag: r.yaml:1: uses a tag (!); write the plain value, in quotes
list: r.yaml:1: is no list of keys and values; write lines such as needs: [ptsd]
scalar: r.yaml:1: is no list of keys and values; write lines such as needs: [ptsd]
two documents: r.yaml:3: holds several requests; keep one request a file
list as key: r.yaml:1: has a list or mapping for a key; keys are words
deep: r.yaml:1: is nested too deep; write it flatter
escaped control: r.yaml:1: `needs`: holds control characters; take them out
long: r.yaml:1: `needs`: is longer than 2,000 characters; write it shorter
many: r.yaml:1: `needs`: has more than 100 entries; keep those that matter
huge: r.yaml: has more than 200,000 characters: that is no request; keep one request a file\
""")


@pytest.mark.parametrize(
    ("text", "line"), [("needs: [ptsd\nage: 3\n", 2), ("needs:\n\t- ptsd\n", 2), ("needs: \x01\n", None)]
)
def test_broken_yaml_is_one_problem_with_its_line(text: str, line: int | None) -> None:
    with pytest.raises(InputError) as caught:
        read_request(text, "r.yaml")
    assert [(problem.line, problem.message[:17]) for problem in caught.value.problems] == [
        (line, "is not valid YAML")
    ]


def test_broken_json_is_one_problem_with_its_line() -> None:
    texts = {
        "cut off": '{"needs":\n',
        "repeated key": '{"age": 1,\n "age": 2}',
        "list": '["ptsd"]',
        "deep": '{"needs": ' + "[" * 60_000 + "]" * 60_000 + "}",
        "nested": '{"needs": [[[[[[["x"]]]]]]]}',
    }
    assert "\n".join(f"{what}: {problems(text, 'r.json')}" for what, text in texts.items()) == snapshot("""\
cut off: r.json:2: is not valid JSON: Expecting value (column 1); check commas, quotes and brackets here
repeated key: r.json:2: the key "age" is written twice; keep one
list: r.json:1: is no JSON object; write {"needs": ["ptsd"]}
deep: r.json: is nested too deep; write it flatter
nested: r.json: is nested too deep; write it flatter\
""")


@given(st.text(max_size=200))
def test_any_text_is_a_request_or_refused(text: str) -> None:
    for name in ("r.yaml", "r.json"):
        try:
            words = read_request(text, name)
        except InputError as error:
            found = bool(error.problems)
        else:
            found = isinstance(words, RequestWords)
        assert found


def test_flags_override_a_file_key_by_key_and_lose_its_lines() -> None:
    words = merge(
        read_request("needs: [ptsd]\nage: 34\nwaitlist: true\n", "r.yaml"),
        RequestWords(needs=("adhd",), waitlist=False),
    )
    assert as_document(words) == {"needs": ["adhd"], "age": "34", "waitlist": False}
    assert set(words.sources) == {"age"}


def test_a_change_replaces_complete_values_empty_ones_too() -> None:
    words = read_request("within: 10\nmust: [approach, for]\nwhen: evenings\n", "r.yaml")
    changed = apply_change(
        words, {"within": 18, "must": [], "when": ["mon-sun 17:00-22:00"], "waitlist": True}
    )
    assert as_document(changed) == {"within": 18, "when": ["mon-sun 17:00-22:00"], "waitlist": True}
    assert changed.sources == {}
    assert apply_change({"within": 10}, {"within": 18}) == RequestWords(within=18)


def test_a_change_of_no_request_key_is_refused() -> None:
    with pytest.raises(UsageError, match="no request has the key 'withn'"):
        apply_change(RequestWords(), {"withn": 3})
