"""Files that ship with the program: vocabulary, policy, places and the sample catalog."""

from __future__ import annotations

from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """Where the shipped file `name` (relative to the package) is."""
    return _PACKAGE / name


def sample_catalog() -> Path:
    """The sample catalog: inside the package in a wheel, at the top of a checkout in an editable install."""
    inside = path("data/programs.yaml")
    return inside if inside.exists() else _PACKAGE.parents[1] / "data" / "programs.yaml"


def yaml_document(name: str) -> Any:
    """A shipped YAML file as plain data. Only for our own files: a user's catalog is read with checks."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with path(name).open(encoding="utf-8") as file:
        return yaml.load(file, Loader=loader)
