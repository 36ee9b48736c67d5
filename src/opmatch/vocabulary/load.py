"""The vocabulary as shipped: YAML files decoded into frozen terms, read once."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from opmatch import shipped
from opmatch.vocabulary.terms import Crisis, Vocabulary

LISTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("needs", ("needs",)),
    ("approaches", ("approaches",)),
    ("payers", ("payers",)),
    ("languages", ("languages",)),
    ("populations", ("populations",)),
    ("care", ("levels", "services", "supports", "safety_flags", "genders")),
)
"""Each file and the lists it holds."""


@cache
def load() -> Vocabulary:
    """Every term, in the order of its file."""
    data: dict[str, Any] = {
        "version": _file("version")["version"],
        "crisis": load_crisis(),
    }
    for file, lists in LISTS:
        document = _file(file)
        data.update((name, document[name]) for name in lists)
    return msgspec.convert(data, Vocabulary)


@cache
def load_crisis() -> Crisis:
    """Crisis lines and safety texts alone: one small file, for the command that can't wait."""
    return msgspec.convert(_file("crisis"), Crisis)


def _file(name: str) -> Any:
    return shipped.yaml_document(f"vocabulary/{name}.yaml")
