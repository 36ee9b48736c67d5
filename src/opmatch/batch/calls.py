"""Telephone calls for a whole batch: each number once, with the questions of every person; kept on disk."""

from __future__ import annotations

import itertools
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from opmatch.catalog.doubts_contact import phone_digits
from opmatch.errors import UsageError
from opmatch.model.call_list import Asker, Behind, GroupCall, GroupQuestion, Part
from opmatch.model.ranking import ProgramSummary, Ranking

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS program (
  id TEXT PRIMARY KEY, number TEXT, phone TEXT, name TEXT, organization TEXT, level TEXT, fictional INTEGER
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS asked (
  number TEXT, question TEXT, program TEXT, row INTEGER, person TEXT, swing INTEGER
);
"""
_BY_ROW: Final = "CREATE INDEX IF NOT EXISTS asked_row ON asked (row)"
_CALLS: Final = """
SELECT number, COUNT(DISTINCT row) AS people, SUM(swing) AS swing FROM asked GROUP BY number
ORDER BY number LIKE 'none:%', people DESC, swing DESC, number
"""
_QUESTIONS: Final = """
SELECT question, COUNT(DISTINCT row) AS people, SUM(swing) AS swing FROM asked WHERE number = ?
GROUP BY question ORDER BY people DESC, swing DESC, question
"""
_ABOUT: Final = """
SELECT program, row, person FROM asked WHERE number = ? AND question = ?
GROUP BY row, program ORDER BY row, program
"""
_PROGRAMS: Final = """
SELECT id, phone, name, organization, level, fictional FROM program
WHERE number = ? AND id IN (SELECT program FROM asked WHERE asked.number = program.number) ORDER BY id
"""


class Asked(NamedTuple):
    """One question about one program for one person, who is told by reference or row."""

    program: ProgramSummary
    row: int
    person: str
    question: str
    swing: int


def asked_of(row: int, person: str, ranking: Ranking) -> list[Asked]:
    """Every question of a ranking's matches."""
    return [
        Asked(match.program, row, person, question.ask, question.swing)
        for match in ranking.matches
        for question in match.questions
    ]


class CallBook:
    """Questions gathered chunk by chunk in a database on disk, so that memory doesn't grow with them.

    `path` None is a temporary file of the database's own, which goes with it.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        try:
            if path is not None:  # made private before anything is written; its journal takes after it
                os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            self._db = sqlite3.connect("" if path is None else path)
            # A process that is killed loses nothing by this; a machine that loses power may.
            self._db.execute("PRAGMA synchronous = OFF")
            self._db.executescript(_SCHEMA + _BY_ROW)
        except (sqlite3.Error, OSError) as error:
            raise self._unusable(error) from None

    def keep(self, asked: Iterable[Asked]) -> None:
        """Add the questions of one chunk, all or none. Raises UsageError where the disk is full."""
        programs: dict[str, tuple[str | int, ...]] = {}
        rows = []
        for one in asked:
            program = one.program
            number = phone_digits(program.phone) or program.phone or f"none:{program.id}"
            programs[program.id] = (
                *(program.id, number, program.phone, program.name, program.organization, program.level),
                int(program.fictional),
            )
            rows.append((number, one.question, program.id, one.row, one.person, one.swing))
        try:
            with self._db:
                self._db.executemany(
                    "INSERT OR IGNORE INTO program VALUES (?,?,?,?,?,?,?)", programs.values()
                )
                self._db.executemany("INSERT INTO asked VALUES (?,?,?,?,?,?)", rows)
        except sqlite3.Error as error:
            raise self._unusable(error) from None

    def forget_from(self, row: int) -> None:
        """Drop what was kept for this row and later ones: they will be answered again."""
        try:
            with self._db:
                self._db.execute("DELETE FROM asked WHERE row >= ?", (row,))
        except sqlite3.Error as error:
            raise self._unusable(error) from None

    def count(self) -> int:
        """How many calls there are to make."""
        (found,) = self._db.execute("SELECT COUNT(DISTINCT number) FROM asked").fetchone()
        return int(found)

    def parts(self) -> Iterator[Part]:
        """One call a number, the one that helps most people first; programs without a number last."""
        try:
            for number, people, _swing in self._db.execute(_CALLS):
                programs = self._programs(number)
                yield GroupCall(phone=programs[0].phone, programs=programs, people=people)
                for ask, _people, _swing in self._db.execute(_QUESTIONS, (number,)):
                    yield GroupQuestion(ask=ask)
                    yield from self._people(number, ask)
        except sqlite3.Error as error:
            raise self._unusable(error) from None

    def index(self) -> None:
        """Make reading by number quick, once nothing is added any more."""
        try:
            self._db.execute("CREATE INDEX IF NOT EXISTS asked_number ON asked (number, question, row)")
        except sqlite3.Error as error:
            raise self._unusable(error) from None

    def close(self) -> None:
        self._db.close()

    def _programs(self, number: str) -> tuple[Behind, ...]:
        return tuple(
            Behind(
                id=id_,
                phone=phone,
                name=name,
                organization=organization,
                level=level,
                fictional=bool(fictional),
            )
            for id_, phone, name, organization, level, fictional in self._db.execute(_PROGRAMS, (number,))
        )

    def _people(self, number: str, question: str) -> Iterator[Asker]:
        about = self._db.execute(_ABOUT, (number, question))
        for (_row, person), found in itertools.groupby(about, key=lambda one: (one[1], one[2])):
            yield Asker(person=person, programs=tuple(program for program, _row, _person in found))

    def _unusable(self, error: Exception) -> UsageError:
        where = "the temporary list of calls" if self._path is None else str(self._path)
        return UsageError(f"{where} can't be written: {error}")
