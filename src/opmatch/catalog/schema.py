"""The JSON Schema of the catalog format, with which editors complete and check catalogs."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from opmatch.catalog.written import CatalogFile
from opmatch.vocabulary.terms import Kind, Vocabulary

_PRIVATE_PLAN: Final = {"type": "string", "pattern": "^private:[a-z0-9][a-z0-9-]*$"}


def json_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """The schema (draft 2020-12) of a catalog file, vocabulary ids as enumerations.

    It asks for ids where opmatch also takes exact labels and synonyms: ids are what editors should complete.
    """
    schema = msgspec.json.schema(CatalogFile)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "opmatch catalog",
        **_with_words(schema, vocabulary),
    }


def schema_text(vocabulary: Vocabulary) -> str:
    """The schema as it is kept in docs/catalog.schema.json."""
    import json

    return json.dumps(json_schema(vocabulary), indent=2, ensure_ascii=False) + "\n"


def _with_words(node: Any, vocabulary: Vocabulary) -> Any:
    if isinstance(node, list):
        return [_with_words(item, vocabulary) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: _with_words(value, vocabulary) for key, value in node.items() if key != "x-vocabulary"}
    if "x-vocabulary" in node:
        kind: Kind = node["x-vocabulary"]
        ids = [term.id for term in vocabulary.of_kind[kind]]
        made = {key: made[key] for key in ("description", "examples") if key in made}
        if kind == "payer":
            made["anyOf"] = [{"enum": ids}, _PRIVATE_PLAN]
        else:
            made["enum"] = ids
    return made
