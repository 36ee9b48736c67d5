"""Random requests to put to both sides, the same in every run, the directories' corners among them."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

from oracle_samhsa import Ask

T = TypeVar("T")

NEEDS = (
    *("depression", "anxiety", "stress", "grief", "anger", "persistent-depression", "bipolar", "perinatal"),
    *("trauma", "ptsd", "complex-trauma", "psychosis", "first-episode-psychosis", "schizophrenia", "ocd"),
    *("eating", "anorexia", "cognitive", "dementia", "tbi", "suicidal-thoughts", "adhd", "borderline"),
    *("serious-mental-illness", "emotional-disturbance", "gambling", "insomnia", "family", "parenting"),
    *("substance-use", "alcohol", "opioid", "cannabis", "stimulant", "cocaine", "sedative", "nicotine"),
    *("co-occurring", "alcohol", "opioid", "substance-use", "co-occurring"),
)
AGES = (0, 5, 12, 13, 15, 17, 18, 25, 26, 64, 65, 80)
PAYERS = (
    *("medicaid", "medicaid", "medicare", "medicare", "private", "private:aetna", "private:bcbs", "tricare"),
    *("va", "self_pay", "sliding_scale", "free", "assistance", "ihs", "state_plan", "private:some-plan"),
)
LANGUAGES = ("es", "es", "ase", "vi", "zh", "yue", "en", "ko", "ht", "native", "oj", "so", "pt", "ru", "fa")
GROUPS = ("veterans", "veterans", "active-duty", "dui-dwi", "lgbtq", "native-american", "military-families")
GENDERS = ("female", "male", "nonbinary")
APPROACHES = (
    *("cbt", "dbt", "emdr", "moud", "methadone", "buprenorphine", "naltrexone", "maud", "twelve-step"),
    *("contingency-management", "matrix-model", "act-team", "iddt", "tms", "ect", "ketamine"),
    *("motivational-interviewing", "tobacco-cessation", "trauma-counseling", "psychosocial-rehabilitation"),
    *("cpt", "community-reinforcement", "anger-management", "activity-therapy", "illness-management"),
)
SERVICES = (
    *("group-therapy", "individual-therapy", "family-therapy", "couples-therapy", "medication-management"),
    *("case-management", "peer-support", "withdrawal-management", "naloxone", "supported-employment"),
    *("crisis-response", "hiv-care", "drug-testing", "vocational", "education-support", "legal-advocacy"),
)
ZIPS = (
    *("60610", "10001", "90012", "77002", "85004", "98101", "33130", "30303", "80202", "55404", "48201"),
    *("63101", "66101", "20001", "97201", "02134", "03060", "19104", "38103", "83814", "42223", "87301"),
    *("99501", "96813", "00901", "96910", "59101", "57701", "73501", "92134", "04401", "05401", "08102"),
)
"""Large cities, cities at a state's edge, ZIPs with leading zeros, bases, tribal land, islands, Alaska."""
WITHINS = (5, 10, 25, 25, 50, 100)


def _some(random: Random, values: Sequence[T], most: int) -> tuple[T, ...]:
    return tuple(dict.fromkeys(random.choices(values, k=random.randint(1, most))))


def random_ask(number: int) -> Ask:
    """The request of this number. One in eight doesn't say where the client is."""
    random = Random(f"samhsa {number}")

    def asked(share: float) -> bool:
        return random.random() < share

    near = "" if number % 8 == 0 else random.choice(ZIPS)
    approaches = _some(random, APPROACHES, 2) if asked(0.35) else ()
    services = _some(random, SERVICES, 2) if asked(0.2) else ()
    must = (
        *(("approach",) if approaches and asked(0.75) else ()),
        *(("service",) if services and asked(0.6) else ()),
    )
    return Ask(
        needs=_some(random, NEEDS, 2) if asked(0.7) or not near else (),
        levels=_some(random, ("op", "op", "iop", "php"), 2) if asked(0.5) else (),
        age=random.choice(AGES) if asked(0.6) or not near else None,
        near=near,
        within=random.choice(WITHINS),
        delivery=random.choices(("any", "in-person", "virtual"), (6, 2, 2))[0],
        payers=_some(random, PAYERS, 2) if asked(0.6) else (),
        language=random.choice(LANGUAGES) if asked(0.2) else "",
        populations=_some(random, GROUPS, 2) if asked(0.4) else (),
        gender=random.choice(GENDERS) if asked(0.2) else "",
        approaches=approaches,
        services=services,
        must=must,
        start_by="30d" if asked(0.03) else "",
    )
