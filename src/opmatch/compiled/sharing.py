"""Programs that hold equal facts in common: thousands of them fit where each would have had its own."""

from __future__ import annotations

from collections.abc import Hashable

from msgspec.structs import replace

from opmatch.model.program import Program

SHARED = (
    "origin",
    "ages",
    "genders",
    "needs",
    "approaches",
    "services",
    "populations",
    "payers",
    "languages",
    "supports",
    "accreditation",
    "notes",
)
"""Fields whose values come up often; none has numbers that are equal and written differently."""


class Shared:
    """The values that programs have had so far."""

    def __init__(self) -> None:
        self._values: dict[Hashable, Hashable] = {}

    def like(self, program: Program) -> Program:
        """The program, made of values that others have too."""
        known = self._values.setdefault
        values: dict[str, Hashable] = {}
        for name in SHARED:
            own: Hashable = getattr(program, name)
            values[name] = known((name, own), own)
        return replace(program, **values)

    def forget(self) -> None:
        self._values.clear()
