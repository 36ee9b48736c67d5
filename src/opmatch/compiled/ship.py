"""A catalog as bytes that another machine can search, wherever its files are."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Final

import msgspec

from opmatch.compiled.load import catalog_of
from opmatch.compiled.pieces import DamagedError, MemoryPieces
from opmatch.compiled.programs import CompiledPrograms
from opmatch.matching.formula import Formula
from opmatch.model.program import Catalog
from opmatch.vocabulary.terms import Vocabulary

_QUICK: Final = 1  # of zlib: a tenth of the size already, the best level would take ten times as long


def packed(catalog: Catalog, vocabulary: Callable[[], Vocabulary], formula: Callable[[], Formula]) -> bytes:
    """The catalog with its index and without what it was made from: nobody elsewhere has those files.

    `vocabulary` and `formula` are called where the catalog isn't compiled yet.
    """
    programs = catalog.programs
    if isinstance(programs, CompiledPrograms):
        pieces = dict(programs.everything())
    else:
        from opmatch.compiled.compile import to_search

        pieces = to_search(catalog, vocabulary(), formula())
    return zlib.compress(msgspec.msgpack.encode(pieces), _QUICK)


def unpacked(data: bytes) -> Catalog:
    """What `packed` made them of. Raises DamagedError where this opmatch wouldn't have."""
    try:
        pieces = MemoryPieces(msgspec.msgpack.decode(zlib.decompress(data), type=dict[str, bytes]))
        return catalog_of(pieces, lambda: pieces)
    except (zlib.error, msgspec.MsgspecError, KeyError) as error:
        raise DamagedError(str(error)) from None
