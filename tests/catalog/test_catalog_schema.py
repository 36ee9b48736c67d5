"""The JSON Schema in docs is the format's, and the sample catalog obeys it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from written_catalogs import VOCABULARY, entry

from opmatch import shipped
from opmatch.catalog.schema import json_schema, schema_text

DOCS = Path(__file__).parents[2] / "docs" / "catalog.schema.json"
VALIDATOR = jsonschema.Draft202012Validator(json_schema(VOCABULARY))
YAML_1_2 = {
    "bool": ("true|false", "tf"),
    "null": ("null|~|", ["n", "~", ""]),
    "int": (r"-?[0-9]+", "-0123456789"),
    "float": (r"-?[0-9]+\.[0-9]+", "-0123456789"),
}


class EditorLoader(yaml.SafeLoader):
    """Reads YAML as editors do: plain numbers are numbers, days and times stay text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (PyYAML's own place for them)


for _name, (_pattern, _first) in YAML_1_2.items():
    EditorLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_name}", re.compile(f"^(?:{_pattern})$"), list(_first)
    )


def complaints(program: dict[str, Any]) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors({"opmatch": 1, "programs": [program]})]


def test_the_schema_in_docs_is_current() -> None:
    assert DOCS.read_text(encoding="utf-8") == schema_text(VOCABULARY), (
        "write it anew: it is the text that opmatch.catalog.schema.schema_text gives"
    )


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema(VOCABULARY))


def test_the_sample_catalog_obeys_the_schema() -> None:
    text = shipped.sample_catalog().read_text(encoding="utf-8")
    data = yaml.load(text, EditorLoader)
    assert [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(data)] == []


@pytest.mark.parametrize(
    "extra",
    [
        {"payers": ["medicaid", "private:some-plan", {"id": "va", "accepting": "unknown"}]},
        {"site": {"zip": "02134", "latitude": 41.9, "longitude": -87}},
        {"populations": {"only": "unknown"}, "tracks": [], "notes": None},
        {"appointments": {"hours": {"mon-thu": "08:00-20:00", "sat": ["09:00-12:00"]}}},
    ],
)
def test_what_the_format_allows_an_editor_accepts(extra: dict[str, Any]) -> None:
    assert complaints(entry(**extra)) == []


@pytest.mark.parametrize(
    "extra",
    [
        {"payers": ["medicad"]},
        {"needs": {"treats": ["depresion"]}},
        {"site": {"zip": 2134}},
        {"interpreters": "yes"},
        {"level": "residential"},
        {"lvl": "op"},
        {"ages": [{"min": -1}]},
    ],
)
def test_what_the_format_refuses_an_editor_marks(extra: dict[str, Any]) -> None:
    assert complaints(entry(**extra)) != []
