"""Where the lines of a batch go: a file that is whole in the end, or a stream that nobody can take back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from opmatch.batch.calls import CallBook
from opmatch.batch.done import Done, done
from opmatch.batch.lines import head
from opmatch.batch.partial import Made, Partial, cut, differences, left_behind
from opmatch.batch.plan import Plan
from opmatch.batch.tally import Tally
from opmatch.errors import UsageError


class ToStream:
    """Lines that are gone once they are written."""

    def __init__(self, write: Callable[[bytes], None]) -> None:
        self.write = write

    def begin(self, plan: Plan, made: Callable[[], Made]) -> Done:
        """Write what comes first. Nothing is done yet."""
        del made
        self.write(head(plan))
        return Done(0, 0, Tally())

    def book(self) -> CallBook:
        """An empty book for the questions."""
        return CallBook(None)

    def finish(self) -> None:
        pass

    def keep(self) -> None:
        pass

    def drop(self) -> None:
        pass


class ToFile:
    """Lines into a part beside `path`, which takes its place when all are there.

    Raises UsageError where a part is there already and `resume` wasn't asked for.
    """

    def __init__(self, path: Path, *, resume: bool) -> None:
        self._part = Partial(path.resolve())
        self._resume = resume and self._part.begun
        if self._part.begun and not resume:
            raise UsageError(left_behind(self._part.path))
        self.before: Made | None = self._part.made() if self._resume else None
        self._after = 0
        self.write = self._part.write

    def begin(self, plan: Plan, made: Callable[[], Made]) -> Done:
        """Take up the part where it ends, or begin one. Raises UsageError where it is of other things."""
        now = made()
        if self.before is None:
            self._part.begin(now, again=False)
            self.write(head(plan))
            return Done(0, 0, Tally())
        if changed := differences(self.before, now):
            raise UsageError(
                f"{self._part.path} can't be continued: {', '.join(changed)};"
                " put that back, or delete the part to begin anew"
            )
        if plan.calls and not self._part.calls.exists():
            raise UsageError(f"{self._part.calls} is missing; delete {self._part.path} to begin anew")
        file = self._part.begin(now, again=True)
        found = done(file, plan, str(self._part.path))
        cut(file, found.length)
        if found.length == 0:
            self.write(head(plan))
        self._after = found.row
        return found

    def book(self) -> CallBook:
        """The questions kept so far, without those of rows that are answered again."""
        book = CallBook(self._part.calls)
        book.forget_from(self._after + 1)
        return book

    def finish(self) -> None:
        """All is there."""
        self._part.finish()

    def keep(self) -> None:
        """Leave the part to be gone on with, where it isn't finished."""
        self._part.close()

    def drop(self) -> None:
        """Leave nothing."""
        self._part.drop()

    @property
    def ending(self) -> str:
        """What has become of a part that wasn't finished."""
        if self._part.begun:
            return f"what was done is kept in {self._part.path}; go on with --resume"
        return "no answers were kept"


Output = ToStream | ToFile
