"""The cues of the shipped vocabulary, kept so that a text's words are looked up and nothing else is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Raw, Struct

from opmatch.kept import Opened, kept, packed
from opmatch.vocabulary.cues import Cue, Cues
from opmatch.vocabulary.load import MADE_FROM
from opmatch.vocabulary.tokens import Tongue

_CODE = tuple(f"vocabulary/{module}.py" for module in ("cues", "cuebook", "ready_cues", "tokens"))


class _Ready(Struct, frozen=True):
    by_stem: dict[str, Raw]
    by_number: list[Cue]
    stems: dict[str, dict[str, float]]


def ready_cues(kind: str, tongue: Tongue, files: Sequence[str], make: Callable[[], Cues]) -> Cues:
    """What `make` builds of the vocabulary and the words `files`; phrases are decoded when a stem occurs."""

    def made() -> _Ready:
        cues = make()
        return _Ready(packed(cues.by_stem), cues.by_number, cues.stems)

    ready = kept(f"cues_{kind}_{tongue}", _Ready, (*files, *MADE_FROM, *_CODE), made)
    return Cues(tongue, Opened(ready.by_stem, list[Cue]), ready.by_number, ready.stems)
