"""Requests as people put them into a sheet, at random, with rows that are wrong or stop for safety."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import yaml

from opmatch.shipped import sample_catalog
from workbooks import a_workbook

SAMPLE = sample_catalog()
Document = dict[str, Any]

_NEEDS = (
    "ptsd",
    "depression",
    "panic attacks",
    "F43.10",
    "alcohol",
    "opioid",
    "grief",
    "can't sleep",
    "adhd",
)
_PLACES = ("60610", "Chicago, IL", "Evanston, IL", "60302", "53202", "41.9,-87.63")
_WHEN = ("weekdays after 4pm", "mon-fri 17:30-21:00", "sat 9-13", "evenings", "anytime")
_PAYERS = ("medicaid", "medicare", "aetna", "BCBS PPO", "self_pay", "sliding_scale", "va")
_ODD: tuple[Document, ...] = (
    {"needs": ["zork blah"]},
    {"age": "abc"},
    {"near": "Nowhere, IL"},
    {"when": ["5-9"]},
    {"safety": ["needs-24h"]},
    {"needs": ["I took all my pills tonight"]},
    {"needs": ["passive suicidal thoughts"], "age": "30"},
    {"within": "15"},
    {"ref": "Jane Doe"},
    {"needs": ["ptsd"], "near": "99950", "levels": ["php"]},
)


def a_small_catalog(folder: Path) -> Path:
    """Every fifth program of the sample, which says itself that it is fictional."""
    document = yaml_document_of(SAMPLE)
    document["programs"] = document["programs"][::5]
    path = folder / "small.json"
    path.write_text(json.dumps(document, default=str), encoding="utf-8")
    return path


def yaml_document_of(path: Path) -> Any:
    """A YAML file as plain data."""
    return yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def a_request(random: Random, number: int) -> Document:
    """A request in the keys of request files; one in eight is odd."""
    document: Document = {"ref": f"A-{number}"}
    if random.random() < 0.125:
        return document | random.choice(_ODD)

    def asked(share: float) -> bool:
        return random.random() < share

    if asked(0.9):
        document["needs"] = random.sample(_NEEDS, random.choice((1, 1, 2)))
    if asked(0.9):
        document["near"] = random.choice(_PLACES)
        if asked(0.4):
            document["within"] = random.choice(("5", "15mi", "40km"))
    if asked(0.7):
        document["when"] = random.sample(_WHEN, random.choice((1, 2)))
    if asked(0.7):
        document["payers"] = random.sample(_PAYERS, random.choice((1, 1, 2)))
    for key, values, share in (
        ("age", ("9", "15", "34", "71"), 0.8),
        ("levels", (["op"], ["iop"], ["op", "iop"]), 0.3),
        ("language", ("Spanish", "ASL", "Polish"), 0.2),
        ("populations", (["veterans"], ["lgbtq"]), 0.2),
        ("delivery", ("virtual", "in-person"), 0.2),
        ("safety", (["none"],), 0.5),
        ("start_by", ("14d",), 0.2),
        ("waitlist", ("yes", "no"), 0.1),
        ("weights", ("close", "speed"), 0.1),
    ):
        if asked(share):
            document[key] = random.choice(values)
    return document


def some_requests(count: int, seed: int = 1) -> list[Document]:
    random = Random(seed)
    return [a_request(random, number) for number in range(1, count + 1)]


def as_json_lines(requests: Sequence[Document]) -> bytes:
    return b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in requests)


def as_table(requests: Sequence[Document]) -> list[list[str]]:
    columns = list(dict.fromkeys(key for one in requests for key in one)) or ["ref"]
    return [columns, *([_cell(one.get(key, "")) for key in columns] for one in requests)]


def as_csv(requests: Sequence[Document]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(as_table(requests))
    return out.getvalue().encode()


def as_workbook(requests: Sequence[Document], path: Path) -> Path:
    return a_workbook(path, {"Requests": as_table(requests)})


def _cell(value: str | list[str]) -> str:
    return "; ".join(value) if isinstance(value, list) else value
