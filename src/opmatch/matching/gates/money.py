"""The payer gate: whether any of the client's payers will do."""

from __future__ import annotations

from opmatch.matching.age import expired, fact_age
from opmatch.matching.case import Case
from opmatch.matching.payers import PayerFinding, find_payer
from opmatch.matching.verdict import Relax, Said, Verdict, best, met, not_met, unknown
from opmatch.matching.ways import Way
from opmatch.matching.words import names
from opmatch.model.program import Payer, Tri


def payer(case: Case, way: Way) -> Verdict:
    found = best([_one(case, way, find_payer(case, way, one)) for one in case.payer_ids])
    if found.state != "not_met":
        return found
    return not_met(found.say, lambda: _sliding_scale(case, way))


def may_slide(case: Case) -> bool:
    """Whether paying by income may be offered; a Medicaid member is never sent to pay (42 CFR 447.15)."""
    return bool(case.payer_ids) and not {"medicaid", "sliding_scale"} & set(case.payer_ids)


def _sliding_scale(case: Case, way: Way) -> Relax | None:
    """Paying by income instead, where the program says that one can."""
    asked = case.payer_ids
    if not may_slide(case):
        return None
    if _one(case, way, find_payer(case, way, "sliding_scale")).state == "not_met":
        return None
    if find_payer(case, way, "sliding_scale").standing not in ("listed", "fees"):
        return None
    return Relax({"payers": [*asked, "sliding_scale"]}, case.formula.moves["payers"])


def _one(case: Case, way: Way, found: PayerFinding) -> Verdict:
    if found.entry is not None:
        return _listed(case, way, found, found.entry)
    program, label = way.program, case.vocabulary.label("payer", found.payer)
    wanted, ask = _wanted(case), _ask(label)
    if found.standing == "fees":
        return met(lambda: Said(f"lists its fees for {label}"))
    if found.standing == "absent":
        listed = names(case, "payer", [one.id for one in program.payers or ()]) or "none"
        age = fact_age(case, program, None, "payers")
        return not_met(lambda: Said(f"{label} is not among its payers (listed {age})", wanted, listed))
    if found.standing == "family":
        there = names(case, "payer", found.there.split(", "))
        return unknown(lambda: Said(f"lists {there}; ask whether that covers {label}", wanted, there, ask))
    return unknown(lambda: Said(f"does not say whether it takes {label}", wanted, "not said", ask))


def _listed(case: Case, way: Way, found: PayerFinding, entry: Payer) -> Verdict:
    if entry.network != "out" and entry.accepting is not Tri.NO and found.standing == "listed":  # as mostly
        return met(lambda: _takes(case, way, entry))
    label, wanted = case.vocabulary.label("payer", found.payer), _wanted(case)
    age = fact_age(case, way.program, entry.verified, "payers")
    if entry.network == "out":
        return not_met(lambda: Said(f"listed as out of network for {label}, {age}", wanted, "out of network"))
    if entry.accepting is Tri.NO:
        said = Said(f"listed as not taking new {label} clients, {age}", wanted, "not accepting", _ask(label))
        return unknown(lambda: said) if expired(case, "accepting", age) else not_met(lambda: said)
    return unknown(
        lambda: Said(
            f"{label} is a state's own, here of {case.state}, and this program {found.there}",
            wanted,
            found.there,
            f"Do you take {label} of {case.state}?",
        )
    )


def _wanted(case: Case) -> str:
    return names(case, "payer", case.payer_ids)


def _ask(label: str) -> str:
    return f"Do you take {label}, and are you taking new clients with it?"


def _takes(case: Case, way: Way, entry: Payer) -> Said:
    label = case.vocabulary.label("payer", entry.id)
    age = fact_age(case, way.program, entry.verified, "payers")
    accepting = "listed as accepting" if entry.accepting is Tri.YES else "lists"
    network = ", in network" if entry.network == "in" else ""
    return Said(f"{accepting} {label}{network}, {age}")
