"""Findings and problems as GitHub Actions annotations: workflow commands, a line each."""

from __future__ import annotations

from collections.abc import Iterable

from opmatch.catalog.check import Finding
from opmatch.errors import Problem
from opmatch.render.plain import plain


def render_findings(findings: Iterable[Finding]) -> str:
    """Warnings beside the lines they are about."""
    return "".join(
        _command(
            "warning",
            {"file": one.file, "line": one.line, "title": one.rule},
            f"{one.program}: {f'{one.path} ' if one.path else ''}{one.message}{_mend(one.mend)}",
        )
        for one in findings
    )


def render_problems(problems: Iterable[Problem]) -> str:
    """Errors beside the lines they are about."""
    return "".join(
        _command(
            "error",
            {"file": one.file, "line": one.line, "title": "catalog"},
            f"{f'{one.record}: ' if one.record else ''}{f'{one.path} ' if one.path else ''}"
            f"{one.message}{_mend(one.mend)}",
        )
        for one in problems
    )


def _mend(mend: str) -> str:
    return f"; {mend}" if mend else ""


def _command(kind: str, properties: dict[str, str | int | None], message: str) -> str:
    said = ",".join(f"{key}={_escaped(str(value))}" for key, value in properties.items() if value is not None)
    return f"::{kind} {said}::{_message(message)}\n"


def _message(text: str) -> str:
    return plain(text).replace("%", "%25")


def _escaped(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
