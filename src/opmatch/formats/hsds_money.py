"""What a service costs and who pays for it."""

from __future__ import annotations

import re
from typing import Final

from opmatch.formats.doubts import Doubts
from opmatch.formats.hsds_trees import Node, nodes, texts_of
from opmatch.formats.hsds_words import payer_id, payers_in
from opmatch.formats.imported import Written
from opmatch.formats.plain_text import prose

_PER_VISIT: Final = re.compile(r"\bper (?:\w+[ -]){0,2}(?:session|visit|appointment)s?\b", re.IGNORECASE)
_MOST_DOLLARS: Final = 100_000


def money(service: Node, doubts: Doubts) -> tuple[Written, list[str], list[str]]:
    """What a visit costs, the payers that are named, and what else is said of costs."""
    payers = payers_in(f"{prose(service.get('fees_description'))} ; {prose(service.get('fees'))}")
    for text in texts_of(nodes(service, "payments_accepted", "payment_accepted"), "payment"):
        if found := payer_id(text):
            payers.append(found)
        else:
            doubts.add("payment_accepted", text, "not a payer that is known")
    fees: Written = {}
    notes = []
    for option in nodes(service, "cost_options"):
        if not isinstance(option, dict):
            continue
        words = {
            name: prose(option.get(name), 200)
            for name in ("option", "currency", "amount", "amount_description")
        }
        amount = _dollars(words["amount"])
        simple = not words["option"] and words["currency"].upper() == "USD" and "visit" not in fees
        if simple and amount is not None and _PER_VISIT.search(words["amount_description"]):
            fees["visit"] = amount
        elif any(words.values()):
            notes.append(f"Cost: {' '.join(filter(None, words.values()))}")
    return fees, list(dict.fromkeys(payers)), notes


def _dollars(text: str) -> float | None:
    try:
        amount = float(text.replace("$", "").replace(",", ""))
    except ValueError:
        return None
    return amount if 0 <= amount <= _MOST_DOLLARS else None
