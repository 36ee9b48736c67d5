"""What is typed to correct a program, as a field, a value, a day and a name."""

from __future__ import annotations

import datetime as dt
import os
from typing import Any

from opmatch.cli.nearest import did_you_mean
from opmatch.errors import UsageError


def field_path(field: str) -> str:
    """A field by its full path. Raises UsageError for what a program doesn't have or nobody may correct."""
    from opmatch.catalog.amend import ALIASES, CORRECTABLE, steps_of

    steps = steps_of(field)
    if not steps or steps[0] not in CORRECTABLE:
        hint = did_you_mean(steps[0], (*CORRECTABLE, *ALIASES)) if steps else ""
        raise UsageError(f"no field {field!r} to correct{hint}; fields are {', '.join(CORRECTABLE)}")
    return ".".join(steps)


def parsed(field: str, text: str) -> Any:
    """A value as a catalog would have it written there. Raises UsageError."""
    from opmatch.catalog.amend import LISTS
    from opmatch.catalog.events import read_yaml
    from opmatch.catalog.flaw import FlawedError
    from opmatch.catalog.plain import UNWANTED

    bare = text.strip()
    if not bare:
        raise UsageError("VALUE is blank; for what isn't known, say --unknown")
    if UNWANTED.search(bare):
        raise UsageError("VALUE holds a control character")
    if bare.startswith(("[", "{")):
        try:
            document = read_yaml(bare)
        except FlawedError as error:
            raise UsageError(f"VALUE {error.flaws[0].message}") from None
        if document.flaws:
            raise UsageError(f"VALUE {document.flaws[0].message}")
        return document.data
    if bare in ("true", "false"):
        return bare == "true"
    if field in LISTS or (field.partition(".")[0] in ("needs", "populations") and bare != "unknown"):
        return [part.strip() for part in bare.split(",") if part.strip()]
    return bare


def day_of(text: str | None) -> dt.date:
    today = dt.date.today()
    try:
        day = today if text is None else dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--date {text!r} is no date; write it as 2026-11-20") from None
    if day > today:
        raise UsageError(f"--date {day} is yet to come")
    return day


def who_found(text: str | None) -> str:
    if text is not None:
        return " ".join(text.split())
    return os.environ.get("USER") or os.environ.get("LOGNAME") or os.environ.get("USERNAME") or ""
