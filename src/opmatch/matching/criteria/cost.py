"""Cost: how surely the best of the client's payers pays."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial

from opmatch.matching import told
from opmatch.matching.age import Age, confidence, fact_age, fact_date
from opmatch.matching.aspect import Aspect
from opmatch.matching.case import Case
from opmatch.matching.formula import on_curve
from opmatch.matching.payers import find_payer, state_asked
from opmatch.matching.view import Judged, View
from opmatch.matching.ways import Way
from opmatch.model.program import Payer, Tri

_PAID_BY_CLIENTS = ("self_pay", "sliding_scale")


def aspects(case: Case) -> tuple[Aspect, ...]:
    """The asked payers."""
    state = state_asked(case)
    return tuple(
        Aspect((payer, state), partial(_one, payer), told.money, partial(_read, payer))
        for payer in case.payer_ids
    )


def together(_: Case, found: Sequence[Judged]) -> Judged:
    """The best of them."""
    return max(found, key=lambda one: one.utility)


def utility(_: Case, utilities: Sequence[float]) -> float:
    return max(utilities)


def _read(payer: str, case: Case, way: Way) -> Hashable:
    program, found = way.program, find_payer(case, way, payer)
    own = found.entry.verified if found.entry else None
    fees = (program.fees, fact_date(program, None, "fees")) if payer in _PAID_BY_CLIENTS else None
    return (found.standing, found.entry, fact_date(program, own, "payers"), fees)


def _one(payer: str, case: Case, way: Way, view: View) -> Judged:
    found = find_payer(case, way, payer)
    prior, label = case.formula.priors["payer"], case.vocabulary.label("payer", found.payer)
    entry, key = found.entry, f"payer:{found.payer}"
    age = fact_age(case, way.program, entry.verified if entry else None, "payers")
    trust = confidence(case, "payers", age)
    if found.payer in _PAID_BY_CLIENTS and found.standing in ("listed", "fees"):
        return _price(case, way, view, found.payer, label)
    if found.standing == "listed" and entry is not None:
        return _listed(case, way, view, key, entry, label, age)
    if found.standing == "absent":
        utility = view.read(key, 0.0, trust, prior)
        days = age.days if age.dated else None
        return Judged(utility, trust, prior, lambda: f"{label} is not listed ({age})", days)
    question = f"Do you take {label}, are you in network, and are you taking new clients with it?"
    utility = view.read(key, 0.0, 0.0, prior, question)
    return Judged(utility, 0.0, prior, f"not known whether {label} is taken", None)


def _listed(case: Case, way: Way, view: View, key: str, entry: Payer, label: str, age: Age) -> Judged:
    cost, priors = case.formula.cost, case.formula.priors
    trust = confidence(case, "payers", age)
    net_trust = confidence(case, "network", age) if entry.network != "unknown" else 0.0
    acc_trust = confidence(case, "accepting", age) if entry.accepting is not Tri.UNKNOWN else 0.0
    network = view.read(
        f"{key}:network",
        1.0 if entry.network == "in" else 0.0,
        net_trust,
        priors["network"],
        f"Is the client's {label} plan in your network?" if label_has_network(entry.id) else "",
    )
    accepting = view.read(
        f"{key}:accepting",
        1.0 if entry.accepting is Tri.YES else 0.0,
        acc_trust,
        priors["accepting"],
        f"Are you taking new {label} clients?",
    )
    value = cost.listed + cost.network * network + cost.accepting * accepting
    known = trust * (cost.listed + cost.network * net_trust + cost.accepting * acc_trust)
    prior = priors["payer"]
    words, days = partial(_listed_words, entry, label, age), age.days if age.dated else None
    return Judged(view.read(key, value, trust, prior), known, prior, words, days)


def _listed_words(entry: Payer, label: str, age: Age) -> str:
    verb = "listed as accepting" if entry.accepting is Tri.YES else "lists"
    network = {"in": ", in network", "out": ", out of network", "unknown": ""}[entry.network]
    return f"{verb} {label}{network}, {age}"


def label_has_network(payer: str) -> bool:
    """Whether being in network means anything for a payer."""
    return payer.partition(":")[0] in ("private", "medicaid", "medicare", "tricare", "state_plan")


def _price(case: Case, way: Way, view: View, payer: str, label: str) -> Judged:
    fees, prior = way.program.fees, case.formula.priors["price"]
    dollars = fees.sliding_scale_from if payer == "sliding_scale" else fees.visit
    key, question = f"price:{payer}", f"What would a visit cost with {label}?"
    if dollars is None:
        utility = view.read(key, 0.0, 0.0, prior, question)
        return Judged(utility, 0.0, prior, f"{label}, price not said", None)
    age = fact_age(case, way.program, None, "fees")
    trust = confidence(case, "fees", age)
    value = on_curve(case.formula.cost.visit_dollars, dollars)
    start = "from " if payer == "sliding_scale" else ""
    days = age.days if age.dated else None
    return Judged(
        view.read(key, value, trust, prior, question),
        trust,
        prior,
        lambda: f"{label} {start}${dollars:g} a visit, listed {age}",
        days,
    )
