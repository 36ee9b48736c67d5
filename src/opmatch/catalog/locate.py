"""Lines for findings: the files are read once more, since programs don't carry where they were written."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
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
from opmatch.model.program import Catalog

_Key = tuple[str, str, str]
"""File, program id, path within the program."""


def located(findings: Sequence[Finding], catalog: Catalog | None = None) -> tuple[Finding, ...]:
    """The findings with the lines they are about, where the files can still be read.

    `catalog` is what was checked: where it knows the lines of its programs, only these are read again.
    """
    lines: dict[_Key, int] = {}
    for file in dict.fromkeys(finding.file for finding in findings if finding.line is None):
        here = [finding for finding in findings if finding.file == file]
        lines.update(_lines(Path(file), here, _starts(catalog, file)))
    return tuple(
        finding
        if finding.line is not None
        else msgspec.structs.replace(finding, line=lines.get((finding.file, finding.program, finding.path)))
        for finding in findings
    )


def _starts(catalog: Catalog | None, file: str) -> dict[str, int]:
    """Program id to the line it begins on, for the programs of one file."""
    if catalog is None:
        return {}
    known = catalog.lines
    return {one.id: known[one.id] for one in catalog.programs if one.origin.path == file and one.id in known}


def _lines(file: Path, findings: Sequence[Finding], starts: Mapping[str, int]) -> dict[_Key, int]:
    try:
        source = read_source(file)
        if starts and all(finding.program in starts for finding in findings):
            return _lines_within(source.text, findings, starts)
        data = (read_json(source.text) if source.is_json else read_yaml(source.text)).data
    except (UnreadableError, FlawedError):
        return {}
    at = _positions(data)
    wanted: dict[_Key, FlawPath] = {
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


def _lines_within(text: str, findings: Sequence[Finding], starts: Mapping[str, int]) -> dict[_Key, int]:
    """The lines found by reading no more than the programs spoken of, each as a list of one.

    A program that doesn't begin with a dash of its own, or shares its line, is told by where it begins.
    """
    rows = text.splitlines(keepends=True)
    order = sorted(set(starts.values()))
    by_program: dict[str, list[Finding]] = {}
    for finding in findings:
        by_program.setdefault(finding.program, []).append(finding)
    found: dict[_Key, int] = {}
    for program, some in by_program.items():
        start = starts[program]
        after = bisect_right(order, start)
        part = "".join(rows[start - 1 : order[after] - 1 if after < len(order) else len(rows)])
        paths: dict[str, FlawPath] = {one.path: (0, *_steps(one.path)) for one in some}
        lines = lines_of(part, set(paths.values()))
        for one in some:
            found[one.file, program, one.path] = start - 1 + lines.get(paths[one.path], 1)
    return found


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
