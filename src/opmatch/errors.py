"""Every error a person can meet, each with the exit code it ends in."""

from __future__ import annotations

from typing import NamedTuple

EXIT_MATCHED = 0
EXIT_NOTHING = 1
EXIT_USAGE = 2
EXIT_SAFETY_STOP = 3
EXIT_BAD_INPUT = 4
EXIT_BUG = 70
EXIT_INTERRUPTED = 130
PRINTED_PROBLEMS = 50


class OpmatchError(Exception):
    """A problem somebody can act on; its text is one clear line (or one line per problem)."""

    exit_code: int = EXIT_USAGE


class UsageError(OpmatchError):
    """A bad value in a flag, an unknown program id, an output that can't be written."""


class TextError(UsageError):
    """Words that can't be understood; points at the part that stopped the reading.

    `text` is what was given, `start` and `end` bracket the part (0-based, end exclusive).
    """

    def __init__(self, message: str, text: str = "", start: int = 0, end: int = 0) -> None:
        super().__init__(message)
        self.text, self.start, self.end = text, start, end


class UnknownTermError(UsageError):
    """A word no vocabulary entry answers to; `suggestions` are ids, the nearest first."""

    def __init__(self, kind: str, text: str, suggestions: tuple[str, ...] = ()) -> None:
        hint = f"; did you mean {', '.join(suggestions)}?" if suggestions else ""
        super().__init__(f"unknown {kind} {text!r}{hint}")
        self.kind, self.text, self.suggestions = kind, text, suggestions


class DeclinedTermError(UnknownTermError):
    """A known code, or its name, that is no need here: why, and what to look for instead."""

    def __init__(self, kind: str, text: str, *, code: str, label: str, reason: str, look_for: str) -> None:
        super().__init__(kind, text)
        self.args = (f"{text!r} ({code}, {label}) is no {kind} here: {reason} Look for: {look_for}",)
        self.code, self.label, self.reason, self.look_for = code, label, reason, look_for


class Problem(NamedTuple):
    """One thing wrong in one file, located as far as is known."""

    file: str
    message: str
    line: int | None = None
    record: str | None = None  # program id
    path: str = ""  # such as "site.zip" or "tracks[0].start"
    mend: str = ""  # what to write instead

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        record = f" program `{self.record}`:" if self.record else ""
        path = f" `{self.path}`:" if self.path else ""
        mend = f"; {self.mend}" if self.mend else ""
        return f"{place}:{record}{path} {self.message}{mend}"


class InputError(OpmatchError):
    """A catalog or request file that can't be read or is invalid; carries every problem found."""

    exit_code = EXIT_BAD_INPUT

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        lines = [str(problem) for problem in problems[:PRINTED_PROBLEMS]]
        if len(problems) > PRINTED_PROBLEMS:
            lines.append(f"and {len(problems) - PRINTED_PROBLEMS} more")
        super().__init__("\n".join(lines))
        self.problems = problems
