"""A county that doesn't exist: programs with seats, and people waiting for them; the same on every run."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path

AS_OF = "2026-11-23"
ZIPS = (
    "60601",
    "60610",
    "60614",
    "60618",
    "60622",
    "60625",
    "60640",
    "60647",
    "60657",
    "60201",
    "60302",
    "60402",
)
NEEDS = (
    "ptsd",
    "depression",
    "anxiety",
    "alcohol",
    "opioid",
    "bipolar",
    "borderline",
    "ocd",
    "eating-disorder",
)
FIELD = {"alcohol": "substance-use", "opioid": "substance-use"}
PAYERS = ("medicaid", "medicare", "private:aetna", "private:bcbs", "self_pay")
BLOCKS = (("morning", "09:00", "12:00"), ("afternoon", "13:00", "16:00"), ("evening", "17:30", "20:30"))
DAYS = (["mon", "wed", "thu"], ["tue", "thu", "fri"], ["mon", "tue", "wed"])
FREE = ("weekdays", "weekdays after 4pm", "mornings", "mon-thu 12:00-17:00", "weekdays after 12pm")


def write_catalog(file: Path, programs: int, seed: int = 1) -> None:
    """Programs with two tracks each, most with a few seats, some full, some that don't say."""
    dice = random.Random(seed)
    listed = [_program(dice, number) for number in range(programs)]
    head = {"opmatch": 1, "catalog": {"name": "Benchmark county", "as_of": "2026-11-01"}}
    file.write_text(json.dumps({**head, "programs": listed}), encoding="utf-8")


def _program(dice: random.Random, number: int) -> dict[str, object]:
    needs = dice.sample(NEEDS, 3)
    fields = sorted({FIELD.get(need, "mental-health") for need in needs})
    return {
        "id": f"program-{number:04}",
        "name": f"Program {number}",
        "organization": f"Organization {number // 3}",
        "field": fields,
        "level": dice.choice(("iop", "iop", "php")),
        "delivery": dice.choice(("in-person", "in-person", "hybrid")),
        "licensed_states": ["IL"],
        "site": {"city": "Chicago", "state": "IL", "zip": dice.choice(ZIPS)},
        "ages": [{"min": 18}] if dice.random() < 0.8 else [{"min": 13, "max": 25}],
        "needs": {"specializes": needs[:1], "treats": needs[1:]},
        "payers": dice.sample(PAYERS, 3),
        "tracks": [_track(dice, block) for block in dice.sample(BLOCKS, 2)],
        "verified": {"date": "2026-11-01"},
    }


def _track(dice: random.Random, block: tuple[str, str, str]) -> dict[str, object]:
    name, start, end = block
    track: dict[str, object] = {"id": name, "days": dice.choice(DAYS), "start": start, "end": end}
    seats = dice.choice((None, 0, 1, 1, 2, 3))
    return track if seats is None else {**track, "seats_open": seats}


def write_people(file: Path, people: int, seed: int = 2) -> None:
    """One row a person, every fifth urgent."""
    dice = random.Random(seed)
    with file.open("w", encoding="utf-8", newline="") as out:
        sheet = csv.writer(out)
        sheet.writerow(
            ["ref", "priority", "needs", "levels", "age", "near", "within", "payers", "when", "safety"]
        )
        for number in range(people):
            sheet.writerow(
                [
                    f"P-{number}",
                    dice.choice(("urgent", "soon", "routine", "routine", "routine")),
                    dice.choice(NEEDS),
                    dice.choice(("iop", "iop", "php")),
                    dice.randint(14, 70),
                    dice.choice(ZIPS),
                    dice.choice((8, 15, 25)),
                    dice.choice(PAYERS),
                    dice.choice(FREE),
                    "none",
                ]
            )
