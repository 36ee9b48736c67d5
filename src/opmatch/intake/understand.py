"""Words to a request: every value resolved, every problem reported at once, danger heard first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar, cast

from opmatch.errors import DeclinedTermError, InputError, Problem, UnknownTermError, UsageError
from opmatch.intake.distance import parse_within
from opmatch.intake.echo import request_as_words as request_as_words
from opmatch.intake.plain_fields import (
    read_age,
    read_delivery,
    read_must,
    read_ref,
    read_start_by,
    read_switch,
    read_weights,
)
from opmatch.intake.quote import quoted
from opmatch.intake.readers import Readers, plain_readers
from opmatch.intake.words import KEYS, RequestWords
from opmatch.intake.words import apply_change as apply_change
from opmatch.model.program import Level
from opmatch.model.ranking import Notice
from opmatch.model.request import DEFAULT_WITHIN_MILES, Request, Understood
from opmatch.vocabulary.resolve import SUICIDAL
from opmatch.vocabulary.terms import Kind, Vocabulary

if TYPE_CHECKING:
    from opmatch.places.lookup import Places
    from opmatch.vocabulary.screen import Alarm

T = TypeVar("T")
V = TypeVar("V")
_GUESSED: Final = ("spelling", "code", "phrase")
# `when` is free text only as long as it isn't understood: a week is written in days, hours and "after".
_FREE_TEXT: Final = ("needs", "approaches", "services", "supports", "populations", "payers", "safety")
_FREE_WORD: Final = ("language", "gender", "near")
_PREFERENCE_OF: Final = {
    "approach": "approaches",
    "for": "populations",
    "language": "language",
    "service": "services",
    "support": "supports",
}
_DANGER: Final = (
    "Words in this request read as danger happening now, so it is taken as flagged imminent-risk."
)


class Wrong(NamedTuple):
    """One value that can't be understood: its key, what to do about it, and the error that says where."""

    key: str
    message: str
    error: UsageError


class RequestError(UsageError):
    """Values of a request that can't be understood, a line each."""

    def __init__(self, wrongs: tuple[Wrong, ...], help_line: str = "") -> None:
        lines = [f"{wrong.key}: {wrong.message}" for wrong in wrongs]
        super().__init__("\n".join([*lines, help_line] if help_line else lines))
        self.wrongs, self.help_line = wrongs, help_line


def understand(
    words: RequestWords,
    vocabulary: Vocabulary,
    places: Places,
    as_of: dt.date,
    readers: Readers | None = None,
) -> tuple[Request, tuple[Notice, ...]]:
    """The request that `words` ask, made for the day `as_of`, and what was taken for what.

    `readers` that remember spare the work that requests have in common.

    Free text that reads as danger now makes a request flagged `imminent-risk` of whatever else can be
    understood: nobody in danger is told to mend a spelling first. Else raises one error with every problem:
    InputError where all of them stand in a request file, RequestError otherwise.
    """
    readers = readers or plain_readers(vocabulary, places)
    reading = _Reading(words, readers, as_of)
    request = reading.request()
    alarm = _alarm(words, request, readers)
    if alarm == "stop":
        flags = dict.fromkeys((*(request.safety or ()), "imminent-risk"))
        danger = Notice("safety", _DANGER)
        return _with_safety(request, tuple(flags)), (danger, *reading.notices)
    help_line = vocabulary.crisis.lines[0].text if alarm == "notice" else ""
    if reading.wrongs:
        wrongs = sorted(reading.wrongs, key=lambda wrong: KEYS.index(wrong.key))
        raise _error(words, tuple(wrongs), help_line)
    crisis = (Notice("crisis", help_line),) if help_line else ()
    return request, (*crisis, *reading.notices)


def _alarm(words: RequestWords, request: Request, readers: Readers) -> Alarm | None:
    """The worst that the words raise; for suicidal thoughts as a need, however said, the notice at least."""
    texts = [
        *(text for key in _FREE_TEXT for text in cast("tuple[str, ...]", getattr(words, key))),
        *(text for key in _FREE_WORD if (text := getattr(words, key))),
        *(() if request.when is not None else words.when),
    ]
    alarms = {readers.alarm(text) for text in texts}
    if "stop" in alarms:
        return "stop"
    named = any(need.id == SUICIDAL for need in request.needs)  # a code, or words the screen doesn't know
    return "notice" if named or "notice" in alarms else None


def _with_safety(request: Request, flags: tuple[str, ...]) -> Request:
    from msgspec.structs import replace

    return replace(request, safety=flags)


def _error(words: RequestWords, wrongs: tuple[Wrong, ...], help_line: str) -> UsageError | InputError:
    if not all(wrong.key in words.sources for wrong in wrongs):
        return RequestError(wrongs, help_line)
    problems = []
    for wrong in wrongs:
        file, line = words.sources[wrong.key]
        problems.append(Problem(file, wrong.message, line=line, path=wrong.key))
    if help_line:
        problems.append(Problem(words.sources[wrongs[0].key].file, help_line))
    return InputError(tuple(problems))


class _Reading:
    """One pass over the words, collecting what is wrong and what was guessed."""

    def __init__(self, words: RequestWords, readers: Readers, as_of: dt.date) -> None:
        self.words, self.readers, self.as_of = words, readers, as_of
        self.wrongs: list[Wrong] = []
        self.notices: list[Notice] = []

    def request(self) -> Request:
        """The request as far as it can be understood."""
        words = self.words
        near = self.one("near", words.near, self.readers.place)
        levels = self.terms("levels", "level", words.levels)
        language = self.terms("language", "language", () if words.language is None else (words.language,))
        gender = self.terms("gender", "gender", () if words.gender is None else (words.gender,))
        return Request(
            as_of=self.as_of,
            needs=self.terms("needs", "need", words.needs),
            levels=tuple(cast("Level", level.id) for level in levels),
            age=self.one("age", None if words.age is None else str(words.age), read_age),
            near=near,
            within=self.within(),
            delivery=self.one("delivery", words.delivery, read_delivery) or "any",
            when=self.one("when", words.when or None, self.readers.week),
            when_text=words.when,
            payers=self.terms("payers", "payer", words.payers),
            language=language[0] if language else None,
            populations=self.terms("populations", "population", words.populations),
            gender=gender[0].id if gender else None,
            approaches=self.terms("approaches", "approach", words.approaches),
            services=self.terms("services", "service", words.services),
            supports=self.terms("supports", "support", words.supports),
            start_by=self.one("start_by", words.start_by, lambda text: read_start_by(text, self.as_of)),
            waitlist=self.one("waitlist", words.waitlist, read_switch) or False,
            except_ids=tuple(dict.fromkeys(text.strip() for text in words.except_ids if text.strip())),
            must=self.must(),
            safety=self.safety(),
            safety_reviewed=self.one("safety_reviewed", words.safety_reviewed, read_switch) or False,
            weights=self.one("weights", words.weights, read_weights) or "balanced",
            ref=self.one("ref", words.ref, read_ref),
        )

    def one(self, key: str, value: V | None, read: Callable[[V], T]) -> T | None:
        """What `read` makes of the value; None where it isn't given or can't be read."""
        if value is None:
            return None
        try:
            return read(value)
        except UsageError as error:
            self.wrong(key, error)
            return None

    def wrong(self, key: str, error: UsageError) -> None:
        self.wrongs.append(Wrong(key, str(error), error))

    def terms(self, key: str, kind: Kind, texts: Iterable[str]) -> tuple[Understood, ...]:
        """The vocabulary's terms for `texts`, each once, in the order asked."""
        found: dict[str, Understood] = {}
        for text in texts:
            if not text.strip():
                continue
            try:
                terms = self.readers.terms(kind, text)
            except DeclinedTermError as error:
                self.wrong(key, error)
                continue
            except UnknownTermError as error:
                self.wrong(key, UnknownTermError(kind, _shortened(error.text), error.suggestions))
                continue
            for term in terms:
                found.setdefault(term.id, term)
            if terms[0].how in _GUESSED:
                names = ", then ".join(f"{term.label} ({term.id})" for term in terms)
                self.notices.append(Notice("understood", f"took {quoted(terms[0].asked)} as {names}"))
        return tuple(found.values())

    def within(self) -> float | None:
        words = self.words
        if words.near is None:
            if words.within is not None:
                self.wrong(
                    "within", UsageError("from where? give `near` too: a ZIP, City, ST or latitude,longitude")
                )
            return None
        miles = self.one("within", words.within, lambda value: parse_within(str(value)))
        return DEFAULT_WITHIN_MILES if miles is None else miles

    def must(self) -> tuple[str, ...]:
        found = []
        for text in self.words.must:
            name = self.one("must", text, read_must)
            if name is None:
                continue
            asked = _PREFERENCE_OF[name]
            if not getattr(self.words, asked):
                self.wrong(
                    "must", UsageError(f"{quoted(text)} is a condition on nothing; give `{asked}` too")
                )
            found.append(name)
        return tuple(dict.fromkeys(found))

    def safety(self) -> tuple[str, ...] | None:
        texts = [text for text in self.words.safety if text.strip()]
        if not texts:
            return None
        flags = [text for text in texts if text.strip().lower() != "none"]
        if flags and len(flags) < len(texts):
            self.wrong("safety", UsageError('"none" stands alone; take it out, or the other flags'))
        return tuple(flag.id for flag in self.terms("safety", "safety flag", flags))


def _shortened(text: str) -> str:
    return quoted(text)[1:-1]
