"""The vocabulary as shipped: YAML files decoded into frozen terms, read once."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from opmatch import shipped
from opmatch.kept import Opened, kept, kept_yaml, packed
from opmatch.vocabulary.index import Exact, Index, Words
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


_YAML = tuple(f"vocabulary/{file}.yaml" for file in ("version", "crisis", *(file for file, _ in LISTS)))
_CODE = tuple(f"vocabulary/{module}.py" for module in ("load", "terms", "index"))
MADE_FROM = (*_YAML, *_CODE)
"""The shipped files that decide what the vocabulary is."""


class _Ready(msgspec.Struct, frozen=True):
    """The vocabulary with what every look-up in it needs."""

    vocabulary: Vocabulary
    exact: dict[str, msgspec.Raw]
    words: dict[str, msgspec.Raw]
    codes: dict[str, str]


@cache
def load() -> Vocabulary:
    """Every term, in the order of its file."""
    ready = kept("vocabulary", _Ready, MADE_FROM, _ready)
    # Put where the cached property would put it. Of the ten kinds a request asks for two or three.
    ready.vocabulary.__dict__["index"] = Index(
        Opened(ready.exact, Exact), Opened(ready.words, Words), ready.codes
    )
    return ready.vocabulary


@cache
def load_crisis() -> Crisis:
    """Crisis lines and safety texts alone: one small file, for the command that can't wait."""
    return kept_yaml("vocabulary/crisis.yaml", Crisis)


def _ready() -> _Ready:
    data: dict[str, Any] = {
        "version": _file("version")["version"],
        "crisis": _file("crisis"),
    }
    for file, lists in LISTS:
        document = _file(file)
        data.update((name, document[name]) for name in lists)
    vocabulary = msgspec.convert(data, Vocabulary)
    index = vocabulary.index
    return _Ready(vocabulary, packed(index.exact), packed(index.words), index.codes)


def _file(name: str) -> Any:
    return shipped.yaml_document(f"vocabulary/{name}.yaml")
