"""Lines for findings: the files are read once more, since programs don't carry where they were written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from opmatch.catalog.check import Finding
from opmatch.catalog.events import read_yaml
from opmatch.catalog.flaw import FlawedError
from opmatch.catalog.flaw import Path as FlawPath
from opmatch.catalog.json_text import read_json
from opmatch.catalog.lines import lines_of
from opmatch.catalog.sources import UnreadableError, read_source


def located(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings with the lines they are about, where the files can still be read."""
    lines: dict[tuple[str, str, str], int] = {}
    for file in dict.fromkeys(finding.file for finding in findings if finding.line is None):
        here = [finding for finding in findings if finding.file == file]
        lines.update(_lines(Path(file), here))
    return tuple(
        finding
        if finding.line is not None
        else msgspec.structs.replace(finding, line=lines.get((finding.file, finding.program, finding.path)))
        for finding in findings
    )


def _lines(file: Path, findings: Sequence[Finding]) -> dict[tuple[str, str, str], int]:
    try:
        source = read_source(file)
        data = (read_json(source.text) if source.is_json else read_yaml(source.text)).data
    except (UnreadableError, FlawedError):
        return {}
    at = _positions(data)
    wanted: dict[tuple[str, str, str], FlawPath] = {
        (finding.file, finding.program, finding.path): (
            "programs",
            at[finding.program],
            *_steps(finding.path),
        )
        for finding in findings
        if finding.program in at
    }
    lines = lines_of(source.text, set(wanted.values()))
    return {key: lines[path] for key, path in wanted.items() if path in lines}


def _positions(data: Any) -> dict[str, int]:
    programs = data.get("programs") if isinstance(data, dict) else None
    entries = programs if isinstance(programs, list) else []
    return {
        entry["id"]: index for index, entry in enumerate(entries) if isinstance(entry, dict) and "id" in entry
    }


def _steps(path: str) -> FlawPath:
    """The steps of a path as people write it: tracks[0].start."""
    words = re.findall(r"[^.\[\]]+", path)
    return tuple(int(word) if word.isdigit() else word for word in words)
