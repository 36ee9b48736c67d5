"""Catalogs as text, with what a test cares about filled in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from opmatch.catalog.load import load
from opmatch.errors import InputError
from opmatch.model.program import Catalog, Program
from opmatch.places.lookup import Places
from opmatch.vocabulary import load as vocabulary_file

PLACES = Places()
VOCABULARY = vocabulary_file.load()
AS_OF = dt.date(2026, 11, 23)
HEAD = "opmatch: 1\ncatalog: {name: County, as_of: 2026-11-01}\nprograms:\n"


def program(extra: str = "", id: str = "a", level: str = "op") -> str:  # noqa: A002 (the format's own word)
    """One program of a YAML catalog; `extra` are more lines, unindented, some perhaps instead of these."""
    lines = [f"id: {id}", f"name: Program {id}", "field: [mental-health]", f"level: {level}"]
    said = {line.partition(":")[0] for line in extra.splitlines()}
    lines = [line for line in lines if line.partition(":")[0] not in said] + extra.splitlines()
    return "  - " + "\n    ".join(line for line in lines if line.strip()) + "\n"


def load_text(folder: Path, text: str, name: str = "catalog.yaml") -> Catalog:
    """The catalog that `text` is, written to `folder`."""
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="\n")
    return load([path], VOCABULARY, PLACES)


def load_program(folder: Path, extra: str = "", level: str = "op") -> Program:
    """The one program with `extra` lines."""
    (found,) = load_text(folder, HEAD + program(extra, level=level)).programs
    return found


def problems(folder: Path, text: str, name: str = "catalog.yaml") -> str:
    """What loading `text` complains about, the folder left out of the paths."""
    try:
        load_text(folder, text, name)
    except InputError as error:
        return str(error).replace(f"{folder}/", "").replace(f"{folder}\\", "")
    return "no problem"


def problem_of(folder: Path, extra: str, level: str = "op") -> str:
    """What loading a program with `extra` lines complains about, after file and program."""
    found = problems(folder, HEAD + program(extra, level=level))
    return found.replace("program `a`: ", "").replace("catalog.yaml:", "")


def entry(**extra: Any) -> dict[str, Any]:
    """A program as plain data."""
    return {"id": "a", "name": "Program a", "field": ["mental-health"], "level": "op", **extra}
