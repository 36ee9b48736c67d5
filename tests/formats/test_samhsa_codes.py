"""The table of codes says only words the vocabulary has, and contradicts nobody."""

from __future__ import annotations

import pytest

from opmatch.formats.samhsa_codes import LISTS, Directory, directories
from opmatch.vocabulary.load import load
from opmatch.vocabulary.terms import Kind

KINDS: dict[str, Kind] = {
    **dict.fromkeys(("specializes", "treats", "excludes", "only"), "need"),
    **dict.fromkeys(("approaches", "lacks"), "approach"),
    **dict.fromkeys(("populations", "welcomes", "only_populations"), "population"),
    **dict.fromkeys(("languages", "interpreted"), "language"),
    "services": "service",
    "supports": "support",
    "payers": "payer",
    "genders": "gender",
}
BOTH = pytest.mark.parametrize("directory", directories(), ids=lambda one: one.short)


@BOTH
def test_every_value_is_a_vocabulary_id(directory: Directory) -> None:
    vocabulary = load()
    known = {kind: {term.id for term in terms} for kind, terms in vocabulary.of_kind.items()}
    strange = [
        (code, key, value)
        for code, entry in directory.codes.items()
        for key, kind in KINDS.items()
        for value in getattr(entry, key)
        if value not in known[kind]
    ]
    assert strange == []
    assert set(LISTS) == {*KINDS, "fields", "ages", "accreditation"}


@BOTH
def test_every_exception_names_a_code(directory: Directory) -> None:
    assert {code for entry in directory.codes.values() for code in entry.unless} <= set(directory.codes)


def test_the_directories_have_the_codes_that_were_published() -> None:
    mental_health, substance_use = directories()
    assert (len(mental_health.codes), len(substance_use.codes)) == (176, 225)
