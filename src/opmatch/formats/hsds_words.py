"""Words of a service's free texts and taxonomy terms that mean something in the vocabulary."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any, Final

from opmatch import shipped
from opmatch.formats.hsds_kinds import TABLE, pattern, plain
from opmatch.formats.hsds_own import is_own
from opmatch.formats.hsds_shapes import text_rows
from opmatch.formats.hsds_trees import Node
from opmatch.formats.plain_text import prose
from opmatch.vocabulary.index import Index
from opmatch.vocabulary.load import load
from opmatch.vocabulary.terms import Kind

_KINDS: Final[tuple[Kind, ...]] = ("need", "approach", "service", "population", "support")
_TERMS: Final = ("attributes", "taxonomy_terms", "service_taxonomy", "taxonomy", "categories")

Meant = dict[str, list[str]]
"""Ids by kind of term."""


def terms_of(service: Node) -> list[tuple[str, str]]:
    """Code and name of each taxonomy term of a service."""
    found = []
    for entry in (row for name in _TERMS for row in text_rows(service, name, "name")):
        if is_own(entry):
            continue
        nested = entry.get("taxonomy_term")
        term = nested if isinstance(nested, dict) else entry
        name = prose(term.get("name") or term.get("term"), 200)
        code = prose(term.get("code") or term.get("taxonomy_id") or term.get("id"), 60)
        if name or code:
            found.append((code, name))
    return list(dict.fromkeys(found))


def meant_by(terms: Iterable[tuple[str, str]]) -> Meant:
    """What the names of taxonomy terms are in the vocabulary, by id or label: a synonym would be a guess."""
    out: Meant = {kind: [] for kind in _KINDS}
    for _code, name in terms:
        for kind in _KINDS:
            hit = _index().find(kind, name)
            if hit is not None and hit[1] != "synonym" and hit[0] not in out[kind]:
                out[kind].append(hit[0])
    return out


def language_id(code: str, name: str) -> str:
    """The id of a language by its code, else by its name; "" for none that is known."""
    for text in (code, name):
        hit = _index().find("language", text) if text else None
        if hit is not None:
            return hit[0]
    return ""


def payer_id(text: str) -> str:
    """The id of a payer; "" for none that is known."""
    hit = _index().find("payer", text)
    return hit[0] if hit else ""


def payers_in(text: str) -> list[str]:
    """Payers that a text on fees names, none where it also says what isn't taken."""
    words = plain(text)
    found = [
        payer
        for payer, words_ in _table()["payers_in_text"].items()
        if words_.search(words) and not (payer == "free" and _table()["free_for_some"].search(words))
    ]
    # "No cost" takes nothing away.
    return [] if _table()["denials"].search(_table()["payers_in_text"]["free"].sub(" ", words)) else found


def supports_in(text: str) -> list[str]:
    """Supports that a text on accessibility names."""
    words = plain(text)
    if _table()["denials"].search(words):
        return []
    return [support for support, found in _table()["accessibility_in_text"].items() if found.search(words)]


def status_of(text: str) -> str | None:
    """The status of a program, None for a word that is none."""
    found: str | None = _table()["status"].get(text.casefold())
    return found


def _index() -> Index:
    return load().index


@functools.cache
def _table() -> Any:
    table = shipped.yaml_document(TABLE)
    for name in ("payers_in_text", "accessibility_in_text"):
        table[name] = {id_: pattern(words) for id_, words in table[name].items()}
    for name in ("denials", "free_for_some"):
        table[name] = pattern(table[name])
    return table
