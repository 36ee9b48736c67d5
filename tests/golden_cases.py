"""Golden cases as written in tests/golden/*.yaml: a story, a request, what should come of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import msgspec
import yaml
from msgspec import Struct

FOLDER = Path(__file__).parent / "golden"
AND_MORE = "..."
"""The last entry of a list of ids that says only which places come first."""

Because = dict[str, dict[str, str | list[str]]]
"""Program → gate or criterion → words its sentence holds."""


class Tiers(Struct, frozen=True, forbid_unknown_fields=True):
    """Program ids in the order they are ranked; a tier left out is empty."""

    eligible: list[str] = []
    confirm: list[str] = []


class Expected(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Parts left out aren't compared, but for `matches`: a level left out there has none."""

    matches: dict[str, Tiers] = {}
    never: list[str] = []  # neither ranked nor offered as a near miss
    attends: dict[str, str] = {}  # program → "virtual, late": the way and the track it is shown with
    sessions: dict[str, list[str]] = {}  # program → "mon 17:30-20:30" on the client's clock
    because: Because = {}
    ask: dict[str, str | list[str]] = {}  # program → words of one of its questions, or all of them whole
    near_misses: dict[str, dict[str, Any]] | None = None  # program → the change, in order
    relaxations: list[dict[str, Any]] | None = None  # changes with `adds`, in order
    same_place: dict[str, list[str]] = {}
    hidden: list[str] = []  # no street, city or ZIP is told
    notices: dict[str, str | list[str]] = {}  # kind → words
    no_notices: list[str] = []
    stop: str | None = None


class Case(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    story: str
    request: dict[str, Any]
    expect: Expected
    today: dt.date | None = None  # the sample's own day when left out
    limit: int = 200
    file: str = ""


def read_cases() -> list[Case]:
    """Every case of every file, in the order of names and lines."""
    found: list[Case] = []
    for file in sorted(FOLDER.glob("*.yaml")):
        written = yaml.safe_load(file.read_text(encoding="utf-8"))
        cases = msgspec.convert(written, list[Case])
        found += [msgspec.structs.replace(case, file=file.stem) for case in cases]
    return found


def texts(written: str | list[str]) -> list[str]:
    return [written] if isinstance(written, str) else written
