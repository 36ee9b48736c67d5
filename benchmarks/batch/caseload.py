"""Requests as a county's caseload would hold them, over the places of a catalog; a seed makes the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from opmatch.model.program import Program

NEEDS = (
    ("depression", 14), ("anxiety", 14), ("alcohol", 12), ("opioid", 9), ("ptsd", 8), ("panic attacks", 5),
    ("F33.1", 4), ("F41.1", 4), ("bipolar", 5), ("stimulant", 4), ("adhd", 4), ("grief", 4), ("ocd", 2),
    ("psychosis", 3), ("eating disorder", 2), ("borderline", 2), ("can't sleep", 2), ("anger", 2),
)  # fmt: skip
PAYERS = (("medicaid", 40), ("private", 14), ("private:aetna", 6), ("BCBS", 8), ("medicare", 14),
          ("self_pay", 8), ("sliding_scale", 6), ("tricare", 4))  # fmt: skip
WHEN = (
    ("weekdays after 5pm", 30), ("anytime", 10), ("evenings", 10), ("mon-fri 9-17", 20), ("mornings", 10),
    ("sat 9-13", 10), ("mon,wed 17:30-21:00", 10),
)  # fmt: skip
LEVELS = (("op", 70), ("iop", 22), ("php", 8))
PLACES_SHARED = 400
"""ZIPs that the requests are spread over, as the programs are: people live where programs are, mostly."""


def caseload(programs: Sequence[Program], count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """So many requests."""
    random = Random(seed)
    zips = sorted(program.site.zip for program in programs if program.site and program.site.zip)
    places = random.sample(zips, min(PLACES_SHARED, len(zips)))

    def pick(weighted: Sequence[tuple[str, int]]) -> str:
        return random.choices([one for one, _ in weighted], [weight for _, weight in weighted])[0]

    for number in range(1, count + 1):
        needs = list(dict.fromkeys(pick(NEEDS) for _ in range(random.choice((1, 1, 1, 2)))))
        request: dict[str, Any] = {
            "ref": f"c{number}",
            "needs": needs,
            "near": random.choice(places),
            "within": random.choice((10, 15, 25, 25, 40)),
            "age": random.choice((9, 14, 16, *range(18, 80))),
            "payers": [pick(PAYERS)],
            "safety": ["none"],
        }
        if random.random() < 0.8:
            request["when"] = [pick(WHEN)]
        if random.random() < 0.6:
            request["levels"] = [pick(LEVELS)]
        if random.random() < 0.1:
            request["language"] = random.choice(("es", "es", "ase", "vi"))
        if random.random() < 0.15:
            request["populations"] = [random.choice(("veterans", "lgbtq", "dui-dwi"))]
        if random.random() < 0.15:
            request["approaches"] = [random.choice(("cbt", "dbt", "emdr", "moud"))]
        yield request


def as_line(request: dict[str, Any]) -> str:
    return json.dumps(request)
