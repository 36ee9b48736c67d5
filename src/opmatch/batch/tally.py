"""How a batch went: counts, who was stopped for safety, and what that means for the exit code."""

from __future__ import annotations

import dataclasses

from opmatch.batch.outcome import Result
from opmatch.errors import EXIT_BAD_INPUT, EXIT_MATCHED, EXIT_NOTHING, EXIT_SAFETY_STOP


@dataclasses.dataclass
class Tally:
    """Counts by result; `stopped` is who was stopped, in the order of rows, `flags` what for, each once."""

    matched: int = 0
    nothing: int = 0
    unsure: int = 0
    invalid: int = 0
    stopped: list[str] = dataclasses.field(default_factory=list)
    flags: list[str] = dataclasses.field(default_factory=list)

    @property
    def answered(self) -> int:
        return self.matched + self.nothing + self.unsure + self.invalid + len(self.stopped)

    @property
    def exit_code(self) -> int:
        """Safety first, then what has to be mended, then what wasn't found."""
        if self.stopped:
            return EXIT_SAFETY_STOP
        if self.invalid or self.unsure:
            return EXIT_BAD_INPUT
        return EXIT_NOTHING if self.nothing else EXIT_MATCHED

    def count(self, result: Result, label: str, flag: str | None = None) -> None:
        """One more answer, about whom `label` tells; `flag` is what a stop was for."""
        if result == "stopped":
            self.stopped.append(label)
            if flag is not None and flag not in self.flags:
                self.flags.append(flag)
        else:
            setattr(self, result, getattr(self, result) + 1)

    def add(self, other: Tally) -> None:
        """The counts of another too."""
        self.matched += other.matched
        self.nothing += other.nothing
        self.unsure += other.unsure
        self.invalid += other.invalid
        self.stopped += other.stopped
        self.flags += [flag for flag in other.flags if flag not in self.flags]
