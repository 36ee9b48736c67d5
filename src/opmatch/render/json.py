"""A ranking, or one part of it, as JSON of schema 1; the field names of the model are the contract."""

from __future__ import annotations

from typing import Any

import msgspec

SCHEMA = 1


def render(value: Any) -> str:
    """Any value of the model, indented, with a newline at the end; the same bytes for the same value."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"
