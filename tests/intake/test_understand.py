"""Words to a request: what is resolved, what is refused, and danger before everything."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from inline_snapshot import snapshot

from opmatch.errors import InputError, UsageError
from opmatch.intake.plain_fields import WEIGHTS, read_ref
from opmatch.intake.request_file import read_request
from opmatch.intake.understand import RequestError, apply_change, request_as_words, understand
from opmatch.intake.week import parse_week
from opmatch.intake.words import RequestWords, merge
from opmatch.model.ranking import Notice
from opmatch.model.request import Request
from opmatch.places.lookup import Places
from opmatch.shipped import yaml_document
from opmatch.vocabulary.load import load

AS_OF = dt.date(2026, 11, 23)
VOCABULARY, PLACES = load(), Places()


def understood(words: RequestWords) -> tuple[Request, tuple[Notice, ...]]:
    return understand(words, VOCABULARY, PLACES, AS_OF)


def request(**words: Any) -> Request:
    return understood(RequestWords(**words))[0]


def refused(words: RequestWords) -> str:
    with pytest.raises(UsageError) as caught:
        understood(words)
    return str(caught.value)


FULL = RequestWords(
    needs=("depresion", "F43.10", "ptsd"),
    levels=("IOP",),
    age=34,
    near="60610",
    when=("mon-fri 17:30-21:00", "sat 9-13"),
    payers=("medicaid",),
    language="Spanish",
    populations=("veterans",),
    gender="female",
    approaches=("dbt",),
    services=("group-therapy",),
    supports=("childcare",),
    start_by="2w",
    waitlist=True,
    except_ids=(" full-one ", "full-one"),
    must=("approaches", "for"),
    safety=("none",),
    weights="close",
    ref="A-17",
)


def test_everything_asked_is_resolved_and_repeated_as_understood() -> None:
    asked, notices = understood(FULL)
    assert request_as_words(asked) == snapshot(
        {
            "as_of": "2026-11-23",
            "needs": [
                {"id": "depression", "label": "Depression", "asked": "depresion", "how": "spelling"},
                {
                    "id": "ptsd",
                    "label": "Post-traumatic stress disorder (PTSD)",
                    "asked": "F43.10",
                    "how": "code",
                },
            ],
            "levels": ["iop"],
            "age": 34,
            "near": {
                "text": "60610",
                "latitude": 41.9033,
                "longitude": -87.6336,
                "state": "IL",
                "time_zone": "America/Chicago",
                "precision": "zip",
            },
            "within": 25,
            "delivery": "any",
            "when": {
                "text": ["mon-fri 17:30-21:00", "sat 09:00-13:00"],
                "minutes": 1290,
                "asked": ["mon-fri 17:30-21:00", "sat 9-13"],
            },
            "payers": [{"id": "medicaid", "label": "Medicaid", "asked": "medicaid", "how": "id"}],
            "language": {"id": "es", "label": "Spanish", "asked": "Spanish", "how": "label"},
            "populations": [{"id": "veterans", "label": "Veterans", "asked": "veterans", "how": "id"}],
            "gender": "female",
            "approaches": [
                {"id": "dbt", "label": "Dialectical behavior therapy (DBT)", "asked": "dbt", "how": "id"}
            ],
            "services": [
                {"id": "group-therapy", "label": "Group therapy", "asked": "group-therapy", "how": "id"}
            ],
            "supports": [{"id": "childcare", "label": "Child care", "asked": "childcare", "how": "id"}],
            "start_by": "2026-12-07",
            "waitlist": True,
            "except": ["full-one"],
            "must": ["approach", "for"],
            "safety": ["none"],
            "safety_reviewed": False,
            "weights": "close",
            "ref": "A-17",
        }
    )
    assert notices == snapshot(
        (
            Notice(kind="understood", text='took "depresion" as Depression (depression)'),
            Notice(kind="understood", text='took "F43.10" as Post-traumatic stress disorder (PTSD) (ptsd)'),
        )
    )


def test_nothing_asked_is_a_request_for_anything() -> None:
    assert understood(RequestWords()) == (Request(as_of=AS_OF), ())


def test_the_request_of_an_answer_can_be_asked_again() -> None:
    asked = request_as_words(understood(FULL)[0])
    again = request_as_words(understood(apply_change(asked, {}))[0])
    told = {"asked", "how"}

    def without_history(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: without_history(item) for key, item in value.items() if key not in told}
        return [without_history(item) for item in value] if isinstance(value, list) else value

    assert without_history(again) == without_history(asked)


def test_a_relaxation_applies_to_the_words() -> None:
    asked = understood(apply_change(FULL, {"within": 18, "must": [], "safety": ["needs-24h"]}))[0]
    assert (asked.within, asked.must, asked.safety) == (18.0, (), ("needs-24h",))


def test_all_problems_of_flags_are_one_usage_error_a_line_each() -> None:
    words = RequestWords(
        needs=("xyzzyq", "\x1b[31m" + "x" * 100),
        levels=("residential care",),
        age=200,
        within="15",
        delivery="hover",
        when=("sat 25-13",),
        payers=("moonbase",),
        start_by="11/30/2026",
        waitlist=None,
        must=("for", "foo"),
        safety=("none", "needs-24h"),
        weights="fast",
        ref="Maria Lopez",
    )
    with pytest.raises(RequestError) as caught:
        understood(words)
    assert str(caught.value) == snapshot("""\
needs: unknown need 'xyzzyq'
needs: unknown need '�[31mxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'
levels: unknown level 'residential care'
age: "200" is no age; write whole years from 0 to 120
within: from where? give `near` too: a ZIP, City, ST or latitude,longitude
delivery: "hover" is no way to attend; write in-person, virtual or any
when: "sat 25-13": there is no hour 25 (at "25")
payers: unknown payer 'moonbase'
start_by: "11/30/2026" is no day; write 2026-11-23, 7d or 2w
must: "for" is a condition on nothing; give `populations` too
must: "foo" can't be made a condition; write approach, for, language, service or support
safety: "none" stands alone; take it out, or the other flags
weights: "fast" is no weight profile; write balanced, fit, speed, close or cost
ref: looks like a name, and answers carry it; use a code that means nothing to others\
""")
    assert caught.value.exit_code == 2


def test_problems_of_a_file_are_located_in_it() -> None:
    words = read_request("needs: xyzzyq\nage: 999\nwithin: 9x\n", "r.yaml")
    with pytest.raises(InputError) as caught:
        understood(words)
    assert str(caught.value) == snapshot("""\
r.yaml:1: `needs`: unknown need 'xyzzyq'
r.yaml:2: `age`: "999" is no age; write whole years from 0 to 120
r.yaml:3: `within`: from where? give `near` too: a ZIP, City, ST or latitude,longitude\
""")
    assert caught.value.exit_code == 4


def test_a_bad_flag_over_a_good_file_is_a_usage_error() -> None:
    words = merge(read_request("age: 34\n", "r.yaml"), RequestWords(age=999))
    assert refused(words) == 'age: "999" is no age; write whole years from 0 to 120'


@pytest.mark.parametrize("age", [0, 120, "0", " 17 "])
def test_ages_run_from_0_to_120(age: int | str) -> None:
    assert request(age=age).age == int(age)


@pytest.mark.parametrize("age", [-1, 121, "", "old", "3.5", "1e2", "٣"])
def test_other_ages_are_refused(age: int | str) -> None:
    assert "is no age" in refused(RequestWords(age=age))


def test_within_is_25_miles_when_only_a_place_is_given() -> None:
    assert request(near="60610").within == 25.0
    assert request(near="60610", within="10km").within == pytest.approx(6.21371192)
    assert request(near="60610", within="0").within == 0.0
    assert request().within is None


def test_within_needs_a_place_to_start_from() -> None:
    assert refused(RequestWords(within="15")) == snapshot(
        "within: from where? give `near` too: a ZIP, City, ST or latitude,longitude"
    )


def test_a_place_that_is_wrong_is_told_once() -> None:
    assert refused(RequestWords(near="2134", within="15")) == snapshot(
        'near: "2134": a ZIP has five digits; did you mean 02134 (Allston, MA)?'
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-01", dt.date(2026, 12, 1)),
        ("7d", dt.date(2026, 11, 30)),
        ("2w", dt.date(2026, 12, 7)),
        ("10 days", dt.date(2026, 12, 3)),
        ("0d", AS_OF),
        ("today", AS_OF),
    ],
)
def test_a_latest_start_is_a_date_or_counted_from_the_day_it_is_made_for(text: str, day: dt.date) -> None:
    assert request(start_by=text).start_by == day


@pytest.mark.parametrize(
    "text", ["soon", "2026-02-30", "2026-11-22", "12/01/2026", "20261201", "-3d", "2026-W49-1"]
)
def test_other_days_are_refused(text: str) -> None:
    assert refused(RequestWords(start_by=text)).startswith("start_by: ")


@pytest.mark.parametrize(
    ("text", "wish"),
    [("in person", "in-person"), ("In_Person", "in-person"), ("telehealth", "virtual"), ("either", "any")],
)
def test_delivery_is_known_by_other_words(text: str, wish: str) -> None:
    assert request(delivery=text).delivery == wish


def test_none_answers_the_safety_question_and_silence_leaves_it_open() -> None:
    assert request(safety=("none",)).safety == ()
    assert request().safety is None
    assert request(safety=("needs-24h", "withdrawal-risk")).safety == ("needs-24h", "withdrawal-risk")


def test_a_condition_needs_its_preference() -> None:
    assert refused(RequestWords(must=("language",))) == snapshot(
        'must: "language" is a condition on nothing; give `language` too'
    )
    assert request(language="es", must=("language",)).must == ("language",)


def test_switches_take_the_words_of_a_spreadsheet_cell() -> None:
    assert request(waitlist=True).waitlist
    assert not request(waitlist=False).waitlist


def test_free_time_keeps_the_words_it_was_asked_in() -> None:
    asked = request(when=("evenings", "sat 9-13"))
    assert asked.when == parse_week(("evenings", "sat 9-13"))
    assert asked.when_text == ("evenings", "sat 9-13")


def test_the_weight_profiles_are_those_of_the_formula() -> None:
    assert set(WEIGHTS) == set(yaml_document("matching/formula.yaml")["weights"])


@pytest.mark.parametrize(
    "ref",
    [
        *("Maria Lopez", "Lopez, Maria", "O'Brien-Smith, Ann", "María José Núñez", "J. Doe"),
        *("312-555-0142", "(312) 555-0142", "3125550142", "+1 312 555 0142", "m.lopez@example.org"),
        *("123-45-6789", "1984-03-12", "3/12/84", "03.12.1984", "19840312"),
    ],
)
def test_a_reference_that_would_say_who_the_client_is_is_refused_and_not_repeated(ref: str) -> None:
    said = refused(RequestWords(ref=ref))
    assert "use a code that means nothing to others" in said
    assert ref not in said


@pytest.mark.parametrize(
    "ref", ["A-17", "row-17", "client 12", "00012345", "k7Qz", "2026-001", "c0ffee", "ED"]
)
def test_opaque_references_are_kept(ref: str) -> None:
    assert read_ref(ref) == ref


def test_danger_now_is_flagged_whatever_else_is_wrong() -> None:
    words = RequestWords(
        needs=("I just took all my pills, goodbye",), age=999, near="nowhere", safety=("none",)
    )
    asked, notices = understood(words)
    assert asked == Request(as_of=AS_OF, within=25.0, safety=("imminent-risk",))
    assert [notice.kind for notice in notices] == ["safety"]


def test_danger_in_a_request_file_is_heard_too() -> None:
    words = read_request("needs: [depression, 'she swallowed all her pills tonight']\nage: x\n", "r.yaml")
    assert understood(words)[0].safety == ("imminent-risk",)


def test_thoughts_of_dying_bring_help_first_and_then_the_request() -> None:
    asked, notices = understood(RequestWords(needs=("suicidal thoughts", "depresion")))
    assert [need.id for need in asked.needs] == ["suicidal-thoughts", "depression"]
    assert notices == (
        Notice("crisis", VOCABULARY.crisis.lines[0].text),
        Notice("understood", 'took "depresion" as Depression (depression)'),
    )


@pytest.mark.parametrize("text", ["R45.851", "R45851", "no puedo dejar de pensar en el suicidio"])
def test_who_needs_help_with_suicidal_thoughts_gets_the_crisis_line_however_it_is_said(text: str) -> None:
    asked, notices = understood(RequestWords(needs=(text,)))
    assert [need.id for need in asked.needs] == ["suicidal-thoughts"]
    assert notices[0] == Notice("crisis", VOCABULARY.crisis.lines[0].text)


def test_words_about_dying_that_name_no_need_are_never_refused_without_help() -> None:
    said = refused(RequestWords(needs=("zzzz ctb qqqq",)))
    assert VOCABULARY.crisis.lines[0].text in said


@pytest.mark.parametrize("text", ["my job is killing me", "suicide loss"])
def test_ordinary_words_raise_nothing(text: str) -> None:
    try:
        notices = understood(RequestWords(needs=(text,)))[1]
    except RequestError as error:
        assert "988" not in str(error)  # noqa: PT017
    else:
        assert [notice for notice in notices if notice.kind == "crisis"] == []
