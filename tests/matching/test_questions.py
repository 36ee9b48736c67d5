"""What to ask on the phone: unknown gates first, then facts by how many points the answer could move."""

from __future__ import annotations

import datetime as dt

from gate_findings import asking, program
from inline_snapshot import snapshot
from small_world import AS_OF, CHICAGO, case_for, named

from opmatch.matching.rank import explain_program
from opmatch.model.program import Approach, Availability, Needs, Payer, Program, Site, Tri
from opmatch.model.request import Request


def asked(request: Request, one: Program) -> list[tuple[str, int]]:
    return [(each.ask, each.swing) for each in explain_program(case_for(request), one).questions]


def test_a_program_about_which_nothing_is_said() -> None:
    request = asking(
        needs=named("ptsd"),
        age=40,
        near=CHICAGO,
        within=10.0,
        payers=named("medicaid"),
        language=named("es")[0],
        services=named("group-therapy"),
    )
    assert asked(request, program(in_person=Tri.UNKNOWN)) == snapshot(
        [
            ("Do you treat PTSD?", 38),
            ("Where do sessions take place?", 17),
            ("Do you take Medicaid, and are you taking new clients with it?", 10),
            ("Can sessions be in Spanish, by staff or an interpreter?", 6),
            ("Do you take a 40-year-old?", 0),
            ("How soon could a new client start?", 23),
            ("Do you offer group therapy?", 6),
        ]
    )


def test_what_is_known_and_fresh_is_not_asked() -> None:
    known = program(
        needs=Needs(specializes=("ptsd",)),
        approaches=(Approach(id="cpt"),),
        payers=(Payer(id="medicaid", network="in", accepting=Tri.YES),),
        site=Site(state="IL"),
        availability=Availability(wait_days=0),
    )
    assert asked(asking(needs=named("ptsd"), payers=named("medicaid")), known) == []


def test_what_is_stale_is_asked_with_the_points_it_could_move() -> None:
    old = AS_OF - dt.timedelta(days=120)
    stale = program(
        payers=(Payer(id="medicaid", network="in", accepting=Tri.YES, verified=old),),
        availability=Availability(wait_days=0, as_of=old),
    )
    # Availability weighs 18 and cost 8, of 26: 69 and 31 points. Accepting is a quarter of cost, as trusted
    # as a payer listed 120 days ago: 31 · 0.25 · 0.92.
    assert asked(asking(payers=named("medicaid")), stale) == [
        ("How soon could a new client start?", 69),
        ("Is the client's Medicaid plan in your network?", 7),
        ("Are you taking new Medicaid clients?", 7),
    ]
