"""Published data beside the checkout, which is no part of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import pytest

_FOLDER = Path(__file__).resolve().parents[1].parent / "shared" / "data"


class Beside(NamedTuple):
    """A file or folder, and the mark that skips a test without it."""

    path: Path
    skip: pytest.MarkDecorator


def beside(name: str) -> Beside:
    """The data called `name`; its absence is an error where OPMATCH_REQUIRE_DATA is set."""
    path = _FOLDER / name
    absent = not path.exists() and not os.environ.get("OPMATCH_REQUIRE_DATA")
    return Beside(path, pytest.mark.skipif(absent, reason=f"{name} is not beside the checkout"))
