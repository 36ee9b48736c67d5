"""What Colorado's file says about free time on weekday evenings, read straight from its columns.

An independent reading: nothing here comes from the importer or from the gates.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
EVENING = (18 * 60, 24 * 60)
LEVELS = {
    "MentalHealthSettings": {"Outpatient": "op", "Intensive Outpatient": "iop", "Day Treatment": "php"},
    "SubstanceUseServices": {
        "Outpatient": "op",
        "Intensive Outpatient": "iop",
        "Day Treatment (Partial Hospitalization)": "php",
    },
}
LEAST = {"op": (1, 50), "iop": (3, 180), "php": (5, 240)}
"""Sessions a week on separate days, and minutes each, that the hours must be able to hold."""
LOCKED = (
    "Department of Corrections",
    "Youth Service Center",
    "Youth Services Center",
    "Division of Youth Services",
    "Sheriff",
    "CoreCivic",
)
SUPERVISED = ("Community Corrections", "Criminal Justice Services", "Community Justice Services")
VETERANS = ("Veterans Affairs",)
TO_BE_ASKED = ("ComCor", "Independence House", "Advantage Treatment Center", "Cornell Corrections")

Row = dict[str, str]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def levels(row: Row) -> set[str]:
    named = {
        level
        for column, names in LEVELS.items()
        for name, level in names.items()
        if name in re.split(r";\s*", row[column])
    }
    return named or ({"op"} if row["OpioidTreatmentPrograms"] == "1" else set())


def is_for(row: Row, names: tuple[str, ...]) -> bool:
    return any(name in row[column] for name in names for column in ("AccountName", "DisplayName"))


def tier(row: Row, level: str) -> str:
    """The tier for someone at liberty, no veteran, who is free on weekdays after 6 pm and asks no more."""
    if is_for(row, LOCKED + SUPERVISED + VETERANS):
        return "out"
    schedule = evenings(row, level)
    if schedule == "eligible" and is_for(row, TO_BE_ASKED):
        return "confirm"
    return schedule


def evenings(row: Row, level: str) -> str:
    needed, minutes = LEAST[level]
    open_days = [_open(row, day) for day in DAYS]
    sure = sum(hours is not None and _overlap(hours) >= minutes for hours in open_days)
    blank = sum(hours is None for hours in open_days)
    if sure >= needed:
        # Opening hours are not the session times of a program that meets in blocks.
        return "eligible" if level == "op" else "confirm"
    return "confirm" if sure + blank >= needed else "out"


def _open(row: Row, day: str) -> tuple[int, int] | None:
    text = row[f"HoursofOperation{day}"]
    if not text or row["OpioidTreatmentPrograms"] == "1":
        return None
    first, last = (_minute(part) for part in text.split(" - "))
    last = last or 24 * 60
    # Equal ends: 12:00AM twice is 0 and, as a closing time, 24:00.
    if text.split(" - ")[0] == text.split(" - ")[1] or last <= first or last - first > 16 * 60:
        return None
    return first, last


def _minute(text: str) -> int:
    hour, minute = re.fullmatch(r"(\d+):(\d\d)[AP]M", text).groups()  # type: ignore[union-attr]
    return (int(hour) % 12 + (12 if text.endswith("PM") else 0)) * 60 + int(minute)


def _overlap(hours: tuple[int, int]) -> int:
    return min(hours[1], EVENING[1]) - max(hours[0], EVENING[0])
