"""Every gate in its three states, with the sentence it tells: who is let in, and who pays."""

from __future__ import annotations

import datetime as dt

from gate_findings import ORIGIN, asking, details, findings, program
from inline_snapshot import snapshot
from msgspec.structs import replace
from small_world import AS_OF, CHICAGO, named

from opmatch.model.program import (
    AgeRange,
    Approach,
    Fees,
    Language,
    Needs,
    Payer,
    Populations,
    Site,
    Tri,
    Verified,
)

LONG_AGO = AS_OF - dt.timedelta(days=200)


def test_status() -> None:
    assert findings(
        "status",
        asking(),
        {
            "active": program(),
            "paused": program(status="paused"),
            "closed": program(status="closed"),
        },
    ) == snapshot(
        {
            "active": "met: listed as active",
            "paused": "not_met: listed as paused",
            "closed": "not_met: listed as closed",
        }
    )


def test_level() -> None:
    asked = asking(levels=("iop",))
    cases = {
        "the level asked": program(level="iop"),
        "a step down": program(level="op"),
        "a step up": program(level="php"),
    }
    assert findings("level", asked, cases) == snapshot(
        {
            "the level asked": "met: is intensive outpatient",
            "a step down": "not_met: is outpatient, a step down from intensive outpatient: for a clinician to decide",
            "a step up": "not_met: is partial hospitalization, a step up from intensive outpatient: for a clinician to decide",
        }
    )
    assert details("level", asked, cases["a step down"]) == snapshot(
        ("intensive outpatient", "outpatient", "", {"levels": ["op", "iop"]})
    )
    assert details("level", asking(levels=("php",)), cases["a step down"]) == snapshot(
        ("partial hospitalization", "outpatient", "", None)
    )


def test_need() -> None:
    cases = {
        "specializes in it": program(needs=Needs(specializes=("ptsd",))),
        "treats what it is part of": program(needs=Needs(treats=("trauma",))),
        "serves only it": program(needs=Needs(only=("ptsd",))),
        "says nothing": program(),
        "serves only others": program(needs=Needs(only=("psychosis",))),
        "excludes it": program(needs=Needs(excludes=("ptsd",), treats=("ptsd",))),
        "excludes what it is part of": program(needs=Needs(excludes=("trauma",))),
        "another field": program(fields=("substance-use",)),
    }
    assert findings("need", asking(needs=named("ptsd")), cases) == snapshot(
        {
            "specializes in it": "met: specializes in PTSD (listed today)",
            "treats what it is part of": "met: treats trauma (listed today)",
            "serves only it": "met: treats PTSD (listed today)",
            "says nothing": "unknown: does not say whether it treats PTSD",
            "serves only others": "not_met: treats only psychosis, not PTSD",
            "excludes it": "not_met: says it does not treat PTSD",
            "excludes what it is part of": "not_met: says it does not treat PTSD",
            "another field": "not_met: works in substance-use, not with PTSD",
        }
    )
    assert details("need", asking(needs=named("ptsd")), cases["says nothing"]) == snapshot(
        ("PTSD", "not said", "Do you treat PTSD?", None)
    )


def test_need_that_any_general_program_treats_or_that_is_broad() -> None:
    assert findings(
        "need",
        asking(needs=named("depression", "psychosis")),
        {"a general program": program(), "the other field": program(fields=("substance-use",))},
    ) == snapshot(
        {
            "a general program": "met: a general program of this field, which commonly treats depression",
            "the other field": "not_met: works in substance-use, not with depression",
        }
    )
    assert findings(
        "need",
        asking(needs=named("trauma")),
        {
            "treats a part of it": program(needs=Needs(treats=("ptsd",))),
            "serves only a part of it": program(needs=Needs(only=("ptsd",))),
        },
    ) == snapshot(
        {
            "treats a part of it": "met: treats PTSD (listed today)",
            "serves only a part of it": "unknown: treats only PTSD, which is part of trauma",
        }
    )


def test_exclusions() -> None:
    asked = asking(safety=("needs-24h", "medically-unstable"))
    cases = {
        "takes all": program(exclusions=()),
        "says nothing": program(),
        "excludes one": program(exclusions=("needs-24h",)),
    }
    assert findings("exclusions", asked, cases) == snapshot(
        {
            "takes all": "met: does not exclude: care around the clock and medical instability",
            "says nothing": "unknown: does not say whether it takes people with: care around the clock and medical instability",
            "excludes one": "not_met: does not take people with: care around the clock",
        }
    )
    assert details("exclusions", asked, cases["says nothing"]) == snapshot(
        (
            "care around the clock and medical instability",
            "not said",
            "Can you take somebody for whom this was noted: care around the clock and medical instability?",
            None,
        )
    )


def test_age() -> None:
    asked = asking(age=17)
    cases = {
        "inside": program(ages=(AgeRange(13, 17),)),
        "inside, not sure": program(ages=(AgeRange(13, 17, sure=False),)),
        "not said": program(),
        "outside": program(ages=(AgeRange(18),)),
        "outside, list not complete": program(ages=(AgeRange(18, 64),), ages_complete=False),
    }
    assert findings("age", asked, cases) == snapshot(
        {
            "inside": "met: serves ages 13–17",
            "inside, not sure": "unknown: may serve 17-year-olds, not certain",
            "not said": "unknown: does not say which ages it serves",
            "outside": "not_met: serves ages 18 and over, not 17",
            "outside, list not complete": "unknown: lists ages 18–64, perhaps not all it serves",
        }
    )
    assert details("age", asked, cases["not said"]) == snapshot(
        ("17 years", "not said", "Do you take a 17-year-old?", None)
    )


def test_gender() -> None:
    asked = asking(gender="nonbinary")
    origin = replace(ORIGIN, genders_over=("female", "male"))
    cases = {
        "listed": program(genders=("female", "nonbinary")),
        "no limit": program(genders=("female", "male")),
        "not said": program(),
        "not listed": program(genders=("female",)),
        "not listed, nor can its source say it": program(genders=("female",), origin=origin),
    }
    assert findings("gender", asked, cases) == snapshot(
        {
            "listed": "met: takes female and nonbinary clients",
            "no limit": "met: takes women and men: no limit by gender",
            "not said": "unknown: does not say whether it is limited by gender",
            "not listed": "not_met: takes female clients only",
            "not listed, nor can its source say it": "unknown: lists female; its source can't say more",
        }
    )


def test_population() -> None:
    cases = {
        "open": program(),
        "for the group": program(populations=Populations(only=("veterans",))),
        "who may enter has to be asked": program(populations=Populations(only_unknown=True)),
        "for another group": program(populations=Populations(only=("perinatal",))),
        "not for the group": program(populations=Populations(excludes=("veterans",))),
    }
    assert findings("population", asking(populations=named("veterans")), cases) == snapshot(
        {
            "open": "met: open to all, as far as listed",
            "for the group": "met: is for: veterans",
            "who may enter has to be asked": "unknown: may be limited to a group; ask who may enroll",
            "for another group": "not_met: is only for: new parents",
            "not for the group": "not_met: does not take veterans",
        }
    )
    assert details("population", asking(), cases["for the group"]) == snapshot(
        ("no group named", "only veterans", "", None)
    )


def test_payer() -> None:
    here, elsewhere = Site(state="IL"), Site(state="WI")
    asked = asking(payers=named("medicaid"), near=CHICAGO, within=50.0)
    cases = {
        "listed": program(payers=(Payer(id="medicaid"),), site=here),
        "its state not said": program(payers=(Payer(id="medicaid"),)),
        "licensed in several": program(payers=(Payer(id="medicaid"),), licensed_states=("IL", "WI")),
        "accepting, in network": program(
            payers=(Payer(id="medicaid", network="in", accepting=Tri.YES, verified=LONG_AGO),),
            site=here,
        ),
        "of another state": program(payers=(Payer(id="medicaid"),), site=elsewhere),
        "no list": program(),
        "list not complete": program(payers=(), payers_complete=False),
        "source can't say it": program(payers=(), origin=replace(ORIGIN, payers_over=("medicare",))),
        "not listed": program(payers=(Payer(id="medicare"),)),
        "no payer at all": program(payers=()),
        "out of network": program(payers=(Payer(id="medicaid", network="out"),)),
        "takes no new clients": program(payers=(Payer(id="medicaid", accepting=Tri.NO),)),
        "took no new clients long ago": program(
            payers=(Payer(id="medicaid", accepting=Tri.NO, verified=LONG_AGO),)
        ),
    }
    assert findings("payer", asked, cases) == snapshot(
        {
            "listed": "met: lists Medicaid, today",
            "its state not said": "unknown: Medicaid is a state's own, here of IL, and this program does not say its state",
            "licensed in several": "unknown: Medicaid is a state's own, here of IL, and this program is licensed in IL, WI",
            "accepting, in network": "met: listed as accepting Medicaid, in network, 200 days ago",
            "of another state": "unknown: Medicaid is a state's own, here of IL, and this program is in WI",
            "no list": "unknown: does not say whether it takes Medicaid",
            "list not complete": "unknown: does not say whether it takes Medicaid",
            "source can't say it": "unknown: does not say whether it takes Medicaid",
            "not listed": "not_met: Medicaid is not among its payers (listed today)",
            "no payer at all": "not_met: Medicaid is not among its payers (listed today)",
            "out of network": "not_met: listed as out of network for Medicaid, today",
            "takes no new clients": "not_met: listed as not taking new Medicaid clients, today",
            "took no new clients long ago": "unknown: listed as not taking new Medicaid clients, 200 days ago",
        }
    )
    assert details("payer", asked, cases["no list"]) == snapshot(
        ("Medicaid", "not said", "Do you take Medicaid, and are you taking new clients with it?", None)
    )


def test_payer_that_is_a_plan_or_the_program_s_own_fees() -> None:
    cases = {
        "insurance as such is listed": program(payers=(Payer(id="private"),)),
        "another plan": program(payers=(Payer(id="private:cigna"),)),
    }
    assert findings("payer", asking(payers=named("private:aetna")), cases) == snapshot(
        {
            "insurance as such is listed": "unknown: lists Private insurance; ask whether that covers Aetna",
            "another plan": "not_met: Aetna is not among its payers (listed today)",
        }
    )
    assert findings(
        "payer",
        asking(payers=named("sliding_scale")),
        {"fees stated": program(fees=Fees(sliding_scale_from=20)), "no fees": program(payers=())},
    ) == snapshot(
        {
            "fees stated": "met: lists its fees for Sliding scale",
            "no fees": "not_met: Sliding scale is not among its payers (listed today)",
        }
    )


def test_payer_can_be_relaxed_to_a_sliding_scale_but_not_for_medicaid_members() -> None:
    cheap = program(payers=(), fees=Fees(sliding_scale_from=20))
    assert [
        details("payer", asking(payers=named(*payers)), cheap)[3]
        for payers in (("private:aetna",), ("medicaid",), ("medicare", "medicaid"))
    ] == [{"payers": ["private:aetna", "sliding_scale"]}, None, None]
    dear = program(payers=(), fees=Fees(visit=20))
    assert details("payer", asking(payers=named("private:aetna")), dear)[3] is None


def test_language() -> None:
    asked = asking(language=named("zh")[0])
    old = Verified(date=LONG_AGO)
    cases = {
        "by staff": program(languages=(Language(id="zh"),), verified=old),
        "a kind of it": program(languages=(Language(id="cmn"),)),
        "through an interpreter": program(languages=(Language(id="zh", by="interpreter"),)),
        "interpreters": program(interpreters=Tri.YES),
        "not listed": program(languages=(Language(id="es"),)),
        "no interpreters": program(interpreters=Tri.NO),
    }
    assert findings("language", asked, cases) == snapshot(
        {
            "by staff": "met: Chinese by staff (listed 200 days ago)",
            "a kind of it": "met: Mandarin by staff (listed today)",
            "through an interpreter": "met: Chinese through an interpreter (listed today)",
            "interpreters": "met: Chinese through an interpreter: interpreters are arranged",
            "not listed": "unknown: does not list Chinese; an interpreter may do",
            "no interpreters": "not_met: no Chinese and no interpreters",
        }
    )
    assert findings(
        "language", asking(language=named("en")[0]), {"English": program(interpreters=Tri.NO)}
    ) == snapshot({"English": "met: English goes without saying"})


def test_must() -> None:
    asked = asking(
        approaches=named("dbt"), language=named("es")[0], must=("approach", "language"), services=()
    )
    spanish = (Language(id="es"),)
    cases = {
        "all there": program(approaches=(Approach(id="dbt", fidelity="comprehensive"),), languages=spanish),
        "one not said": program(languages=spanish),
        "one known to be absent": program(
            approaches=(Approach(id="dbt", offered=Tri.NO, verified=LONG_AGO),), languages=spanish
        ),
        "an interpreter only": program(
            approaches=(Approach(id="dbt"),), languages=(Language(id="es", by="interpreter"),)
        ),
    }
    assert findings("must", asked, cases) == snapshot(
        {
            "all there": "met: offers DBT (comprehensive) (listed today) and Spanish by staff (listed today)",
            "one not said": "unknown: does not say whether it offers DBT",
            "one known to be absent": "not_met: known not to offer DBT (listed 200 days ago)",
            "an interpreter only": "not_met: known not to offer Spanish by staff (listed today)",
        }
    )
    assert details("must", asked, cases["one not said"]) == snapshot(
        ("DBT and Spanish by staff", "not said", "Do you offer DBT?", None)
    )
    assert details("must", asked, cases["one known to be absent"]) == snapshot(
        ("DBT and Spanish by staff", "no DBT (listed 200 days ago)", "", {"must": ["language"]})
    )


def test_must_holds_for_every_value_asked() -> None:
    asked = asking(
        services=named("group-therapy", "case-management"),
        supports=named("childcare"),
        populations=named("veterans"),
        must=("service", "support", "for"),
    )
    cases = {
        "all": program(
            services=("group-therapy", "case-management"),
            supports=("childcare",),
            populations=Populations(welcomes=("veterans",)),
        ),
        "half of the services": program(services=("group-therapy",)),
    }
    assert findings("must", asked, cases) == snapshot(
        {
            "all": "met: offers group therapy (listed today), offers case management (listed today), has child care (listed today) and welcomes veterans (listed today)",
            "half of the services": "unknown: does not say whether it offers case management, child care and care for veterans",
        }
    )
