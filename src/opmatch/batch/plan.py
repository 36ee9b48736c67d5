"""What is asked of a whole batch, as one value that other processes can be handed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Literal

from msgspec import Struct

from opmatch.catalog.sources import Source
from opmatch.model.program import CatalogInfo

Form = Literal["jsonl", "csv"]


class Plan(Struct, frozen=True, kw_only=True):
    """How each request is read, ranked and written. `limit` counts places per level and tier.

    `keys` are a table's columns, None for JSON Lines. `strict` ends at the first row that is invalid;
    `calls` collects what there is to ask on the phone.
    """

    keys: tuple[str, ...] | None
    as_of: dt.date
    limit: int
    form: Form = "jsonl"
    with_request: bool = False
    calls: bool = False
    strict: bool = False


class Catalogs(Struct, frozen=True, kw_only=True):
    """Where the programs are, for a process that has to load them itself, and what they must then be."""

    paths: tuple[Path, ...]
    overlays: tuple[Source, ...]
    infos: tuple[CatalogInfo, ...]
