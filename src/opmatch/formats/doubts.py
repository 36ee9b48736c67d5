"""What an importer could not understand: noted on the program, counted, and told to whoever asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final

from msgspec import Struct

from opmatch.formats.imported import Summary, Written
from opmatch.formats.plain_text import clean
from opmatch.model.program import LEVELS, Field, Level

_SHOWN: Final = 200  # characters of a value in a note
_REPORTED: Final = 2000  # characters of a value in the report
_MOST_NOTES: Final = 30  # on one program; the report has them all
MOST_NAMED: Final = 20  # fields told of in the summary

FIELDS: Final[tuple[Field, ...]] = ("mental-health", "substance-use")


class Unclear(Struct, frozen=True, kw_only=True):
    """A record that was left out (then `field` is ""), or a value of it that was."""

    file: str
    record: str  # the 1-based data row, or the record's own id
    name: str
    field: str
    value: str
    why: str


Report = Callable[[Unclear], None]
"""Called with each record and value that was left out, in the order of the file."""


class Doubts:
    """What was left out of one record."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str, str]] = []

    def add(self, field: str, value: str, why: str) -> None:
        """`value` of `field` was left out; `why` ends a sentence."""
        self.found.append((field, value, why))

    def of(self, field: str) -> bool:
        """Whether anything of `field` was left out."""
        return any(name == field for name, _, _ in self.found)

    def notes(self) -> list[str]:
        """A sentence for each value left out; fields that share value and reason are named together."""
        together: dict[tuple[str, str], list[str]] = {}
        for field, value, why in self.found:
            together.setdefault((value, why), []).append(field)
        notes = [
            f'Left out {", ".join(dict.fromkeys(fields))} "{clean(value, _SHOWN)}": {why}.'
            for (value, why), fields in together.items()
        ]
        if len(notes) > _MOST_NOTES:
            more = len(notes) - _MOST_NOTES
            notes = [*notes[:_MOST_NOTES], f"Left out {more} more values; import with --report to see them."]
        return [clean(note, 1000) for note in notes]


class Tally:
    """Counts what becomes of every record; memory doesn't grow with the records."""

    def __init__(self, report: Report | None = None) -> None:
        self._report = report
        self.read = 0
        self._imported = 0
        self._levels: Counter[Level] = Counter()
        self._fields: Counter[Field] = Counter()
        self._skipped: Counter[str] = Counter()
        self._unclear: Counter[str] = Counter()

    def skip(self, file: str, record: str, name: str, why: str, value: str = "") -> None:
        """A record made no program."""
        self.read += 1
        self._skipped[why] += 1
        self._tell(file, record, name, "", value, why)

    def take(self, file: str, record: str, name: str, programs: list[Written], doubts: Doubts) -> None:
        """A record made `programs`."""
        self.read += 1
        self._imported += 1
        for program in programs:
            self._levels[program["level"]] += 1
            self._fields.update(program["field"])
        self.doubt(file, record, name, doubts)

    def doubt(self, file: str, record: str, name: str, doubts: Doubts) -> None:
        """Counts and tells what was left out."""
        for field, value, why in doubts.found:
            self._unclear[clean(field)] += 1
            self._tell(file, record, name, field, value, why)

    def summary(
        self,
        files: tuple[tuple[str, str, int], ...],
        remarks: tuple[str, ...] = (),
        unknown_codes: dict[str, int] | None = None,
    ) -> Summary:
        return Summary(
            read=self.read,
            records_imported=self._imported,
            imported={level: self._levels[level] for level in LEVELS},
            fields={field: self._fields[field] for field in FIELDS},
            skipped=most_first(self._skipped),
            unknown_codes=unknown_codes or {},
            unclear=most_first(self._unclear),
            files=files,
            remarks=remarks,
        )

    def _tell(self, file: str, record: str, name: str, field: str, value: str, why: str) -> None:
        if self._report is not None:
            self._report(
                Unclear(
                    file=file,
                    record=record,
                    name=clean(name),
                    field=clean(field),
                    value=clean(value, _REPORTED),
                    why=why,
                )
            )


def most_first(count: Counter[str]) -> dict[str, int]:
    """The counts by size, then by name."""
    return dict(sorted(count.items(), key=lambda item: (-item[1], item[0])))
