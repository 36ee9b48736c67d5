"""Facts that HSDS has no field for, as attributes of a service under opmatch's own taxonomy."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from opmatch.catalog.as_written import Written
from opmatch.formats.hsds_trees import Node, nodes
from opmatch.vocabulary.load import load
from opmatch.vocabulary.terms import Kind

TAXONOMY: Final = "opmatch"
ABOUT: Final = "Facts of a program as the catalog format of opmatch has them"
CATALOG: Final = "catalog"  # the path of what holds for the catalog as a whole
_NAMESPACE: Final = uuid.UUID("6f3b6c0a-6a57-5a0e-9a51-0d1c7c1f6a01")
_BLANK: Final = "[]"  # what is known to be said by no field; a table can't hold null
_PARTS: Final = frozenset(
    {"delivery", "site", "needs", "populations", "expresses", "fees", "appointments", "availability"}
    | {"intake", "verified", "source"}
)
_KINDS: Final[dict[str, Kind]] = {
    "level": "level", "genders": "gender", "expresses.genders": "gender", "approaches": "approach",
    "services": "service", "exclusions": "safety flag", "payers": "payer", "expresses.payers": "payer",
    "languages": "language", "supports": "support", "needs.specializes": "need", "needs.treats": "need",
    "needs.excludes": "need", "needs.only": "need", "populations.specializes": "population",
    "populations.welcomes": "population", "populations.only": "population",
    "populations.excludes": "population",
}  # fmt: skip
"""Paths whose values are words of the vocabulary; each is a term of its own, for others to search by."""

Facts = dict[str, Any]
"""Values by path, a key of the catalog format or a key and one of its own: "level", "needs.treats"."""


def stable_id(*names: str) -> str:
    """An id for what these names tell, the same in every export."""
    return str(uuid.uuid5(_NAMESPACE, "\0".join(names)))


def facts_of(written: Written) -> Facts:
    """A program in the words of the catalog format, by path."""
    out: Facts = {}
    for key, value in written.items():
        if key in _PARTS and isinstance(value, dict):
            out.update({f"{key}.{part}": inner for part, inner in value.items()})
        else:
            out[key] = value
    return out


def with_facts(written: Written, facts: Facts) -> Written:
    """`written` with `facts` in place of what it says of their paths."""
    out = {key: dict(value) if isinstance(value, dict) else value for key, value in written.items()}
    for path, value in facts.items():
        head, _, tail = path.partition(".")
        place, key = (out.setdefault(head, {}), tail) if tail else (out, head)
        if not isinstance(place, dict):
            out[head] = (
                value  # somebody else's label, such as name.x; whoever checks the whole will refuse it
            )
        elif value == []:
            place.pop(key, None)
        else:
            place[key] = value
    return {key: value for key, value in out.items() if value != {}}


def attributes(service: str, facts: Facts) -> list[Written]:
    """Attributes of the service with that id, a term and perhaps a value each, in the order of `facts`."""
    out = []
    for path, value in facts.items():
        kind = _KINDS.get(path)
        if kind is None or not (isinstance(value, str) or value) or value == "unknown":
            term = _term(f"fact:{path}", path.replace(".", ": ").replace("_", " ").capitalize())
            out.append(_attribute(service, term, path, _BLANK if value is None else _text(value)))
            continue
        for one in [value] if isinstance(value, str) else value:
            entry = {"id": one} if isinstance(one, str) else one
            more = {key: said for key, said in entry.items() if key != "id"}
            term = _term(f"{kind}:{entry['id']}", load().label(kind, entry["id"]))
            out.append(_attribute(service, term, path, _text(more) if more else ""))
    return out


def own_facts(service: Node) -> Facts:
    """The facts among the attributes of a service; empty for a service that opmatch didn't write."""
    out: Facts = {}
    for attribute in nodes(service, "attributes"):
        if not is_own(attribute):
            continue
        code, path = attribute["taxonomy_term"].get("code"), attribute.get("label")
        if not isinstance(code, str) or not isinstance(path, str):
            continue
        kind, _, id_ = code.partition(":")
        value = _value(attribute.get("value"))
        if kind == "fact":
            out[path] = value
        elif path == "level":
            out[path] = id_
        elif isinstance(found := out.setdefault(path, []), list):
            found.append({"id": id_, **value} if isinstance(value, dict) else id_)
    return out


def is_own(attribute: Any) -> bool:
    """Whether an attribute is of opmatch's taxonomy."""
    term = attribute.get("taxonomy_term") if isinstance(attribute, Mapping) else None
    return isinstance(term, Mapping) and term.get("taxonomy") == TAXONOMY


def same(one: Any, other: Any) -> bool:
    """Whether two values of a fact are written alike."""
    return _text(one) == _text(other)


def _term(code: str, name: str) -> Written:
    return {
        "id": stable_id("term", code),
        "code": code,
        "name": name,
        "description": name,
        "taxonomy": TAXONOMY,
    }


def _attribute(service: str, term: Written, path: str, value: str) -> Written:
    said = {"value": value} if value else {}
    return {
        "id": stable_id("attribute", service, path, term["code"]),
        "taxonomy_term": term,
        **said,
        "label": path,
    }


def _text(value: Any) -> str:
    return json.dumps(msgspec.to_builtins(value), ensure_ascii=False)


def _value(text: Any) -> Any:
    """What the value of an attribute says; None for nothing and for what is no JSON."""
    try:
        return json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return None


def unread(facts: Facts, wanted: Facts, always: Iterable[str]) -> Facts:
    """What has to be told beside `facts` for all of `wanted` to be read: None where a fact isn't wanted."""
    told = {
        path: value
        for path, value in wanted.items()
        if path in _KINDS or path.partition(".")[0] in always or not same(facts.get(path), value)
    }
    return told | {path: None for path in facts if path not in wanted}
