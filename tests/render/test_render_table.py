"""What a person sees of a ranking at a terminal."""

from __future__ import annotations

import re

import pytest
from inline_snapshot import snapshot

from factories import CRISIS, a_match, a_near_miss, a_program_summary, a_ranking, a_site
from opmatch.model.ranking import Notice, Option, SafetyStop
from opmatch.render.layout import Layout
from opmatch.render.table import render

STOP = SafetyStop(flag="imminent-risk", title="Call 988 or 911 now", text="Programs are not ranked.")


def test_in_80_columns_a_match_is_a_card_of_labelled_lines() -> None:
    assert render(a_ranking(), Layout(80)) == snapshot("""\
- Understood “ptsd” as PTSD.

Of 120 programs, 1 fits and 1 more fits if something is confirmed.

Intensive outpatient (IOP) ─────────────────────────────────────────────────────
Fits everything asked, going by the listing:

 1.     82 Trauma Recovery IOP
     69–91 Lakeshore Behavioral Health · mental health
           where   1200 N Clark St, Chicago, IL 60610 · 2.9 mi, about 14 min
                   each way
           when    evening track: Mon, Wed, Thu 17:30–20:30 (leave 17:16, back
                   20:44)
           call    312-867-4420
           id      lakeshore-trauma-iop
           why     specializes in PTSD and offers CPT, a first-line treatment;
                   listed 53 days ago; 3 seats listed as open, 34 days ago;
                   Medicaid is taken; whether new clients are is not listed
           ask     Is a seat still open in the evening track?

Fits if what isn't listed is confirmed:

 1.     47 Harbor Day Services
     21–83 mental health
           where   Chicago, IL 60622 · about 4.2 mi, about 19 min each way
           when    no session times are listed
           call    773-867-9951
           id      harbor-day
           why     PTSD is not listed; 3 seats listed as open, 34 days ago;
                   Medicaid is taken; whether new clients are is not listed
           confirm Do you treat PTSD?

Just missed ────────────────────────────────────────────────────────────────────
  - Prairie IOP, Intensive outpatient (IOP) [prairie-iop]
    17.2 mi away, you asked within 15. Comes up with: --within 18

Small changes that would add programs ──────────────────────────────────────────
  - within 18 mi would add 3 programs

A score is out of 100; behind it, what the unknown and old facts could make of
it. Listings are often out of date: call before relying on one. Being listed
here is no endorsement.

In crisis? Call or text 988 at any hour; 911 in immediate danger.
""")


def test_in_120_columns_reasons_stand_beside_the_facts() -> None:
    assert render(a_ranking(), Layout(120)) == snapshot("""\
- Understood “ptsd” as PTSD.

Of 120 programs, 1 fits and 1 more fits if something is confirmed.

Intensive outpatient (IOP) ─────────────────────────────────────────────────────────────────────────────────────────────
Fits everything asked, going by the listing:

 1.     82 Trauma Recovery IOP                                    why     specializes in PTSD and offers CPT, a
     69–91 Lakeshore Behavioral Health · mental health                    first-line treatment; listed 53 days ago; 3
           where   1200 N Clark St, Chicago, IL 60610 · 2.9 mi,           seats listed as open, 34 days ago; Medicaid is
                   about 14 min each way                                  taken; whether new clients are is not listed
           when    evening track: Mon, Wed, Thu 17:30–20:30       ask     Is a seat still open in the evening track?
                   (leave 17:16, back 20:44)
           call    312-867-4420
           id      lakeshore-trauma-iop

Fits if what isn't listed is confirmed:

 1.     47 Harbor Day Services                                    why     PTSD is not listed; 3 seats listed as open, 34
     21–83 mental health                                                  days ago; Medicaid is taken; whether new
           where   Chicago, IL 60622 · about 4.2 mi, about 19 min         clients are is not listed
                   each way                                       confirm Do you treat PTSD?
           when    no session times are listed
           call    773-867-9951
           id      harbor-day

Just missed ────────────────────────────────────────────────────────────────────────────────────────────────────────────
  - Prairie IOP, Intensive outpatient (IOP) [prairie-iop]
    17.2 mi away, you asked within 15. Comes up with: --within 18

Small changes that would add programs ──────────────────────────────────────────────────────────────────────────────────
  - within 18 mi would add 3 programs

A score is out of 100; behind it, what the unknown and old facts could make of it. Listings are often out of date: call
before relying on one. Being listed here is no endorsement.

In crisis? Call or text 988 at any hour; 911 in immediate danger.
""")


@pytest.mark.parametrize("width", [60, 80, 110, 140])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    long = a_match(program=a_program_summary(name="Recovery " * 20, id="x" * 200))
    text = render(a_ranking(matches=(long,)), Layout(width))
    assert max(map(len, text.splitlines())) <= width


def test_when_nothing_matches_it_says_where_the_programs_went_and_what_would_change_that() -> None:
    ranking = a_ranking(eligible=0, confirm=0, matches=())
    assert render(ranking, Layout(80)) == snapshot("""\
- Understood “ptsd” as PTSD.

None of 120 programs fits.
Left after each condition: 118 after status, 40 after level, 35 after need, 2
after place.

Just missed ────────────────────────────────────────────────────────────────────
  - Prairie IOP, Intensive outpatient (IOP) [prairie-iop]
    17.2 mi away, you asked within 15. Comes up with: --within 18

Small changes that would add programs ──────────────────────────────────────────
  - within 18 mi would add 3 programs

In crisis? Call or text 988 at any hour; 911 in immediate danger.
""")


def test_when_nothing_would_change_it_the_helplines_are_pointed_to() -> None:
    ranking = a_ranking(eligible=0, confirm=0, matches=(), near_misses=(), relaxations=())
    assert "the helplines below can look further." in " ".join(render(ranking, Layout(80)).split())


def test_a_safety_stop_replaces_the_ranking() -> None:
    ranking = a_ranking(safety_stop=STOP, notices=(CRISIS,), eligible=0, confirm=0)
    assert render(ranking, Layout(80)) == snapshot("""\
Call 988 or 911 now
Programs are not ranked.

In crisis? Call or text 988 at any hour; 911 in immediate danger.
""")


def test_the_crisis_lines_are_always_last() -> None:
    last = CRISIS.text
    for ranking in (a_ranking(), a_ranking(matches=()), a_ranking(safety_stop=STOP)):
        assert render(ranking, Layout(100)).rstrip().endswith(last)


def test_a_fictional_program_is_marked_and_shows_no_number() -> None:
    program = a_program_summary(fictional=True, phone="312-555-0142")
    miss = a_near_miss(program=program)
    text = render(a_ranking(matches=(a_match(program=program),), near_misses=(miss,)), Layout(80))
    assert text.count("Trauma Recovery IOP (fictional)") == 2
    assert "555" not in text


def test_programs_of_one_place_are_folded_into_the_best() -> None:
    best = a_match(same_site=("lakeshore-mood-iop",))
    other = a_match(
        program=a_program_summary(id="lakeshore-mood-iop", name="Mood IOP"),
        same_site=("lakeshore-trauma-iop",),
    )
    text = render(a_ranking(matches=(best, other)), Layout(80))
    assert "also    lakeshore-mood-iop" in text
    assert "Mood IOP" not in text


def test_a_virtual_match_has_no_travel_and_a_confidential_one_no_address() -> None:
    virtual = a_match(option=Option(mode="virtual", track=None), distance_miles=None, travel_minutes=None)
    hidden = a_match(
        program=a_program_summary(id="b", site=a_site(street="", city="", zip="", confidential=True))
    )
    text = render(a_ranking(matches=(virtual, hidden)), Layout(80))
    assert "virtual, no travel" in text
    assert "confidential address, IL" in text


def test_without_more_than_ascii_no_other_sign_is_drawn() -> None:
    assert render(a_ranking(notices=(CRISIS,)), Layout(80, ascii=True)).isascii()


def test_colour_only_adds_escape_sequences() -> None:
    colored = render(a_ranking(), Layout(80, color=True))
    assert "\x1b[" in colored
    bare = "\n".join(line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", colored).splitlines()) + "\n"
    assert bare == render(a_ranking(), Layout(80))


def test_control_characters_and_markup_of_a_catalog_stay_harmless() -> None:
    program = a_program_summary(name="[red]\x1b[2JHope\x07\x9b31m House\u202e\nNew line")
    text = render(
        a_ranking(matches=(a_match(program=program),), notices=(Notice("stale", "a\x1b]0;t\x07b"), CRISIS)),
        Layout(80),
    )
    assert "[red]Hope House New line" in text
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    assert text.startswith("- ab\n")
