"""What is wrong at one path of a catalog, before it is known in which file and line."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

Path = tuple[str | int, ...]
"""Keys and list positions from the top of the file: ("programs", 3, "site", "zip")."""

_QUOTED_AT_MOST = 40


class Flaw(Struct, frozen=True):
    """One thing wrong: where, what, and what to write instead; `line` (1-based) where already known."""

    path: Path
    message: str
    mend: str = ""
    line: int | None = None


class FlawedError(Exception):
    """Carries flaws out of a reading that can't go on; never leaves the catalog package."""

    def __init__(self, flaws: Iterable[Flaw]) -> None:
        super().__init__("flawed")
        self.flaws = tuple(flaws)


def path_text(path: Path) -> str:
    """A path as people write it: site.zip, tracks[0].start."""
    out = ""
    for step in path:
        if isinstance(step, int):
            out += f"[{step}]"
        else:
            out += f".{shown(step)}" if out else shown(step)
    return out


def shown(text: str) -> str:
    """A foreign text, short and harmless enough to be printed on a terminal."""
    short = text if len(text) <= _QUOTED_AT_MOST else text[: _QUOTED_AT_MOST - 1] + "…"
    return "".join(char if char.isprintable() else "�" for char in short)
