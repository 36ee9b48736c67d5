"""Markdown, explain, show and compare as a person reads them."""

from __future__ import annotations

import datetime as dt

from inline_snapshot import snapshot

from factories import AS_OF, CRISIS, GATES, a_confirm_match, a_match, a_program, a_program_summary, a_ranking
from factories import a_vocabulary as words
from opmatch.model.program import (
    AgeRange,
    Appointments,
    Approach,
    Availability,
    Fees,
    Intake,
    Language,
    Needs,
    OfficeHours,
    Origin,
    Payer,
    Populations,
    Program,
    Session,
    Site,
    Source,
    Track,
    Tri,
    Verified,
)
from opmatch.model.ranking import Gate, SafetyStop
from opmatch.model.week import Week
from opmatch.render import compare, explain, markdown, show
from opmatch.render import json as json_output
from opmatch.render.layout import Layout
from opmatch.render.program_data import program_data

NINE, FIVE = 9 * 60, 17 * 60


def a_full_program() -> Program:
    """A program of which everything is listed."""
    return a_program(
        id="lakeshore-trauma-iop",
        name="Trauma Recovery IOP",
        level="iop",
        virtual=Tri.UNKNOWN,
        licensed_states=("IL", "WI"),
        site=Site(street="1200 N Clark St", city="Chicago", state="IL", zip="60610"),
        ages=(AgeRange(13, 17, sure=False), AgeRange(18, 200)),
        genders=("female",),
        needs=Needs(specializes=("ptsd",), treats=("trauma",), excludes=("psychosis",)),
        approaches=(Approach(id="cpt"), Approach(id="dbt", fidelity="comprehensive", offered=Tri.UNKNOWN)),
        services=("group-therapy",),
        populations=Populations(specializes=("veterans",)),
        exclusions=("needs-24h",),
        payers=(Payer(id="medicaid", network="in", accepting=Tri.YES),),
        fees=Fees(visit=140.0, sliding_scale_from=20.0),
        languages=(Language(id="es", by="interpreter"),),
        interpreters=Tri.YES,
        supports=("childcare",),
        tracks=(
            Track(
                id="evening",
                sessions=tuple(Session((day * 1440 + 1050, day * 1440 + 1230)) for day in (0, 2, 3)),
                seats_open=3,
                weeks=8,
            ),
        ),
        appointments=Appointments(hours=Week.of([(NINE, FIVE), (1440 + NINE, 1440 + FIVE)])),
        office_hours=OfficeHours(hours=Week.of([(NINE, FIVE)]), days=(0,)),
        availability=Availability(status="waitlist", wait_days=12, as_of=dt.date(2026, 10, 20)),
        intake=Intake(
            phone="312-867-4420", url="https://lakeshore.example.org", documents=("insurance card",)
        ),
        verified=Verified(date=dt.date(2026, 10, 1), by="phone", fields={"payers": dt.date(2026, 11, 1)}),
        source=Source(name="county", record="17"),
        accreditation=("Joint Commission",),
        notes=("Bring a friend",),
    )


def test_markdown_says_the_same_as_the_table() -> None:
    assert markdown.render(a_ranking()) == snapshot("""\
# Programs

> Understood “ptsd” as PTSD.

Of 120 programs, 1 fits and 1 more fits if something is confirmed.

## Intensive outpatient (IOP)

*Fits everything asked, going by the listing*

### 1. Trauma Recovery IOP: 82 (69–91)

Lakeshore Behavioral Health · mental health

- where: 1200 N Clark St, Chicago, IL 60610 · 2.9 mi, about 14 min each way
- when: evening track: Mon, Wed, Thu 17:30–20:30 (leave 17:16, back 20:44)
- call: 312-867-4420
- id: lakeshore-trauma-iop
- why: specializes in PTSD and offers CPT, a first-line treatment; listed 53 days ago; 3 seats listed as open, 34 days ago; Medicaid is taken; whether new clients are is not listed
- ask: Is a seat still open in the evening track?

*Fits if what isn't listed is confirmed*

### 1. Harbor Day Services: 47 (21–83)

mental health

- where: Chicago, IL 60622 · about 4.2 mi, about 19 min each way
- when: no session times are listed
- call: 773-867-9951
- id: harbor-day
- why: PTSD is not listed; 3 seats listed as open, 34 days ago; Medicaid is taken; whether new clients are is not listed
- confirm: Do you treat PTSD?

## Just missed

- **Prairie IOP** (iop): 17.2 mi away, you asked within 15. Comes up with: `--within 18`

## Small changes that would add programs

- within 18 mi would add 3 programs

A score is out of 100; behind it, what the unknown and old facts could make of it. Listings are often out of date: call before relying on one. Being listed here is no endorsement.

---

In crisis? Call or text 988 at any hour; 911 in immediate danger.
""")


def test_markdown_of_a_safety_stop_ranks_nothing() -> None:
    stop = SafetyStop(flag="imminent-risk", title="Call 988 or 911 now", text="Programs are not ranked.")
    assert markdown.render(a_ranking(safety_stop=stop, notices=(CRISIS,))) == snapshot("""\
# Call 988 or 911 now

Programs are not ranked.

---

In crisis? Call or text 988 at any hour; 911 in immediate danger.
""")


def test_markdown_keeps_marks_in_names_from_being_read_as_marks() -> None:
    program = a_program_summary(name="*Hope* <script> [x](http://y) | `z`")
    text = markdown.render(a_ranking(matches=(a_match(program=program),)))
    assert r"\*Hope\* \<script\> \[x\](http://y) \| \`z\`" in text


def test_explain_shows_every_gate_and_a_sum_that_can_be_checked() -> None:
    out = a_confirm_match(
        tier="out",
        gates=(
            *GATES[:4],
            Gate(
                name="place",
                state="not_met",
                reason="17.2 mi away, you asked within 15",
                relax={"within": 18.0},
            ),
        ),
    )
    assert explain.render(out, (CRISIS,), Layout(80)) == snapshot("""\
Harbor Day Services
mental health · Intensive outpatient (IOP) · harbor-day
Judged as attended: Chicago, IL 60622 · about 4.2 mi, about 19 min each way

Does not fit.

Conditions ─────────────────────────────────────────────────────────────────────
met      status      active
met      level       iop, as asked
met      need        lists PTSD
met      payer       lists Medicaid, 53 days ago
NOT MET  place       17.2 mi away, you asked within 15
                     would be met with: --within 18

Points ─────────────────────────────────────────────────────────────────────────
fit            33 × 0.4000 = 13  PTSD is not listed (unknown, counted as 0.4)
schedule       22 × 0.7155 = 16  16 minutes to spare around the sessions (95%
                                 known, the rest counted as 0.5)
availability   20 × 0.6800 = 14  3 seats listed as open, 34 days ago (43% known,
                                 the rest counted as 0.45)
travel         16 × 0.8125 = 13  2.9 mi, three days a week (known)
cost            9 × 0.6500 =  6  Medicaid is taken; whether new clients are is
                                 not listed (unknown, counted as 0.65)

Score 47 of 100; 21 if all unknowns turned out worst, 83 if best.
Points are what a criterion can give × how well it is met, rounded.

Ask on the phone, what matters most first ──────────────────────────────────────
  - Do you treat PTSD? (33 points)

Call 773-867-9951

In crisis? Call or text 988 at any hour; 911 in immediate danger.
""")


def test_show_lists_every_fact_with_its_age() -> None:
    assert show.render(a_full_program(), words(), AS_OF, (CRISIS,), Layout(80)) == snapshot("""\
Trauma Recovery IOP
Lakeshore Behavioral Health · lakeshore-trauma-iop

checked        2026-10-01 by phone                                   53 days ago
source         county record 17
level          Intensive outpatient (IOP)
field          mental health
status         active
delivery       in person: yes, virtual: ask
licensed in    IL, WI
site           1200 N Clark St, Chicago, IL 60610
ages           13 to 17 (ask), 18 and over
gender         women only
needs          specializes in PTSD; treats trauma; does not treat
               psychosis
approaches     Cognitive processing therapy, DBT (comprehensive)
               (ask)
services       group therapy
who may enter  open to all; specializes in veterans
not for        needs care around the clock
payers         Medicaid (in network, accepting)                      22 days ago
fees           $140 a visit, sliding scale from $20
languages      Spanish (by interpreter); interpreters for others
supports       childcare
sessions       evening: mon,wed,thu 17:30-20:30 (8 weeks, 3 seats
               open)
appointments   mon,tue 09:00-17:00; 1 a week of 50 minutes
office hours   mon 09:00-17:00; tue, wed, thu, fri, sat, sun not
               listed
availability   waitlist, wait 12 days                                34 days ago
phone          312-867-4420
web            https://lakeshore.example.org
bring          insurance card
accreditation  Joint Commission
notes          Bring a friend

In crisis? Call or text 988 at any hour; 911 in immediate danger.
""")


def test_show_names_what_is_not_listed_instead_of_guessing() -> None:
    assert show.render(a_program(), words(), AS_OF, (CRISIS,), Layout(80)) == snapshot("""\
Outpatient Counseling
Lakeshore Behavioral Health · lakeshore-outpatient

checked        2026-10-01                                            53 days ago
source         County list
level          Outpatient (OP)
field          mental health
status         active
delivery       in person: yes, virtual: ask
who may enter  open to all

Not listed, so ask if it matters: licensed in, site, ages, gender, needs,
approaches, services, not for, payers, fees, languages, supports, sessions,
appointments, office hours, availability, phone.

In crisis? Call or text 988 at any hour; 911 in immediate danger.
""")


def test_show_gives_no_number_of_a_fictional_program() -> None:
    program = a_program(origin=Origin(name="Sample", sample=True), intake=Intake(phone="312-555-0142"))
    text = show.render(program, words(), AS_OF, (CRISIS,), Layout(80))
    assert "555" not in text
    assert "Outpatient Counseling (fictional)" in text
    assert "555" not in json_output.render(program_data(program, AS_OF))


def test_compare_puts_programs_side_by_side_with_their_points() -> None:
    programs = (a_full_program(), a_program(id="harbor-day", name="Harbor Day Services"))
    text = compare.render(programs, (a_match(), a_confirm_match()), words(), AS_OF, (CRISIS,), Layout(80))
    assert text == snapshot("""\
For this request ───────────────────────────────────────────────────────────────
                Trauma Recovery IOP             Harbor Day Services
verdict         fits                            fits if confirmed
score           82 (69–91)                      47 (21–83)
  fit           33 of 33                        13 of 33
  schedule      16 of 22                        16 of 22
  availability  14 of 20                        14 of 20
  travel        13 of 16                        13 of 16
  cost          6 of 9                          6 of 9
way there       2.9 mi, about 14 min each way   about 4.2 mi, about 19 min each
                                                way
time            evening track: Mon, Wed, Thu    no session times are listed
                17:30–20:30 (leave 17:16, back
                20:44)
to confirm                                      PTSD is not listed; no session
                                                times are listed
ask first       Is a seat still open in the     Do you treat PTSD?
                evening track?

What is listed ─────────────────────────────────────────────────────────────────
                Trauma Recovery IOP             Harbor Day Services
organization    Lakeshore Behavioral Health     Lakeshore Behavioral Health
id              lakeshore-trauma-iop            harbor-day
checked         2026-10-01 by phone             2026-10-01
source          county record 17                County list
level           Intensive outpatient (IOP)      Outpatient (OP)
field           mental health                   mental health
status          active                          active
delivery        in person: yes, virtual: ask    in person: yes, virtual: ask
licensed in     IL, WI                          not listed: ask
site            1200 N Clark St, Chicago, IL    not listed: ask
                60610
ages            13 to 17 (ask), 18 and over     not listed: ask
gender          women only                      not listed: ask
needs           specializes in PTSD; treats     not listed: ask
                trauma; does not treat
                psychosis
approaches      Cognitive processing therapy,   not listed: ask
                DBT (comprehensive) (ask)
services        group therapy                   not listed: ask
who may enter   open to all; specializes in     open to all
                veterans
not for         needs care around the clock     not listed: ask
payers          Medicaid (in network,           not listed: ask
                accepting)
fees            $140 a visit, sliding scale     not listed: ask
                from $20
languages       Spanish (by interpreter);       not listed: ask
                interpreters for others
supports        childcare                       not listed: ask
sessions        evening: mon,wed,thu            not listed: ask
                17:30-20:30 (8 weeks, 3 seats
                open)
appointments    mon,tue 09:00-17:00; 1 a week   not listed: ask
                of 50 minutes
office hours    mon 09:00-17:00; tue, wed,      not listed: ask
                thu, fri, sat, sun not listed
availability    waitlist, wait 12 days          not listed: ask
phone           312-867-4420                    not listed: ask
web             https://lakeshore.example.org
bring           insurance card
accreditation   Joint Commission
notes           Bring a friend

In crisis? Call or text 988 at any hour; 911 in immediate danger.
""")


def test_compare_of_many_programs_goes_on_below() -> None:
    programs = tuple(a_program(id=f"p{number}", name=f"Program {number}") for number in range(5))
    text = compare.render(programs, (), words(), AS_OF, (CRISIS,), Layout(80))
    heads = [line.split("Program ")[1:] for line in text.splitlines() if "Program " in line]
    assert [[cell.strip() for cell in head] for head in heads] == [["0", "1", "2"], ["3", "4"]]


def test_program_data_is_written_in_the_words_of_the_catalog_format() -> None:
    assert json_output.render(program_data(a_full_program(), AS_OF)) == snapshot("""\
{
  "id": "lakeshore-trauma-iop",
  "name": "Trauma Recovery IOP",
  "organization": "Lakeshore Behavioral Health",
  "field": [
    "mental-health"
  ],
  "level": "iop",
  "delivery": {
    "in_person": true,
    "virtual": "unknown"
  },
  "site": {
    "street": "1200 N Clark St",
    "city": "Chicago",
    "state": "IL",
    "zip": "60610",
    "latitude": null,
    "longitude": null,
    "precision": null,
    "confidential": false
  },
  "phone": "312-867-4420",
  "url": "https://lakeshore.example.org",
  "source": {
    "name": "county",
    "record": "17"
  },
  "verified": "2026-10-01",
  "fictional": false,
  "verified_by": "phone",
  "verified_fields": {
    "payers": "2026-11-01"
  },
  "status": "active",
  "licensed_states": [
    "IL",
    "WI"
  ],
  "time_zone": null,
  "ages": [
    {
      "min": 13,
      "max": 17,
      "sure": false
    },
    {
      "min": 18,
      "max": 200,
      "sure": true
    }
  ],
  "ages_complete": true,
  "genders": [
    "female"
  ],
  "needs": {
    "specializes": [
      "ptsd"
    ],
    "treats": [
      "trauma"
    ],
    "excludes": [
      "psychosis"
    ],
    "only": []
  },
  "approaches": [
    {
      "id": "cpt",
      "fidelity": "",
      "offered": true,
      "verified": null
    },
    {
      "id": "dbt",
      "fidelity": "comprehensive",
      "offered": "unknown",
      "verified": null
    }
  ],
  "services": [
    "group-therapy"
  ],
  "populations": {
    "specializes": [
      "veterans"
    ],
    "welcomes": [],
    "only": [],
    "only_unknown": false,
    "excludes": []
  },
  "exclusions": [
    "needs-24h"
  ],
  "payers": [
    {
      "id": "medicaid",
      "network": "in",
      "accepting": true,
      "verified": null
    }
  ],
  "payers_complete": true,
  "fees": {
    "visit": 140.0,
    "sliding_scale_from": 20.0
  },
  "languages": [
    {
      "id": "es",
      "by": "interpreter",
      "verified": null
    }
  ],
  "interpreters": true,
  "supports": [
    "childcare"
  ],
  "tracks": [
    {
      "id": "evening",
      "sessions": [
        {
          "day": "mon",
          "start": "17:30",
          "end": "20:30",
          "required": true
        },
        {
          "day": "wed",
          "start": "17:30",
          "end": "20:30",
          "required": true
        },
        {
          "day": "thu",
          "start": "17:30",
          "end": "20:30",
          "required": true
        }
      ],
      "seats_open": 3,
      "seats_as_of": null,
      "weeks": 8,
      "ages": null,
      "genders": null,
      "languages": null,
      "in_person": null,
      "virtual": null,
      "populations": null,
      "time_zone": null
    }
  ],
  "appointments": {
    "hours": [
      {
        "day": "mon",
        "start": "09:00",
        "end": "17:00"
      },
      {
        "day": "tue",
        "start": "09:00",
        "end": "17:00"
      }
    ],
    "per_week": 1,
    "session_minutes": 50
  },
  "office_hours": [
    {
      "day": "mon",
      "start": "09:00",
      "end": "17:00"
    }
  ],
  "availability": {
    "status": "waitlist",
    "wait_days": 12,
    "as_of": "2026-10-20"
  },
  "intake": {
    "phone": "312-867-4420",
    "url": "https://lakeshore.example.org",
    "referral": "",
    "documents": [
      "insurance card"
    ],
    "steps": []
  },
  "accreditation": [
    "Joint Commission"
  ],
  "notes": [
    "Bring a friend"
  ],
  "corrections": [],
  "catalog": {
    "name": "County list",
    "as_of": "2026-10-01"
  },
  "fact_age_days": {
    "status": 53,
    "delivery": 53,
    "licensed_states": 53,
    "site": 53,
    "ages": 53,
    "genders": 53,
    "needs": 53,
    "approaches": 53,
    "services": 53,
    "populations": 53,
    "exclusions": 53,
    "payers": 22,
    "fees": 53,
    "languages": 53,
    "supports": 53,
    "tracks": 53,
    "appointments": 53,
    "availability": 34,
    "intake": 53
  }
}
""")
