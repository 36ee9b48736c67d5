"""A catalog as read to the pieces of a compiled one."""

from __future__ import annotations

import msgspec

from opmatch.catalog.load import AllRead, merged
from opmatch.compiled.head import (
    CORRECTIONS,
    HEAD,
    IDS_A_BLOCK,
    MADE_FROM,
    PROGRAMS_A_BLOCK,
    Head,
    MadeFrom,
    Part,
    bits_name,
    encode,
    ids_name,
    part_name,
    points_name,
    rows_name,
)
from opmatch.compiled.slim import slim
from opmatch.matching.formula import Formula
from opmatch.matching.index import bits
from opmatch.matching.index.build import Built, Report, build, pieces
from opmatch.matching.pool import last_first_seen
from opmatch.model.program import Catalog
from opmatch.vocabulary.terms import Vocabulary


def compiled(
    read: AllRead, made_from: MadeFrom, vocabulary: Vocabulary, formula: Formula, report: Report | None
) -> dict[str, bytes]:
    """Every piece by name; the same for the same sources."""
    catalog = merged(read)
    built = build(catalog.programs, vocabulary, formula, report)
    row_of = {program.id: row for row, program in enumerate(built.rows)}
    made = _searched(catalog, built, row_of, len(read.readings))
    made[MADE_FROM] = encode(made_from)
    for number, reading in enumerate(read.readings):
        part = Part(
            path=str(reading.source.path),
            sha256=reading.source.sha256,
            info=reading.info,
            as_of=reading.as_of,
            programs=tuple((index, row_of[program.id]) for index, program in reading.programs),
        )
        made[part_name(number)] = encode(part)
    return made


def to_search(catalog: Catalog, vocabulary: Vocabulary, formula: Formula) -> dict[str, bytes]:
    """The pieces that searching takes; nothing tells which files they were made from."""
    built = build(catalog.programs, vocabulary, formula)
    return _searched(catalog, built, {program.id: row for row, program in enumerate(built.rows)}, 0)


def _searched(catalog: Catalog, built: Built, row_of: dict[str, int], parts: int) -> dict[str, bytes]:
    made: dict[str, bytes] = {}
    sets = _sets(built, made)
    ids = [(program.id, row_of[program.id]) for program in catalog.programs]
    blocks = [ids[at : at + IDS_A_BLOCK] for at in range(0, len(ids), IDS_A_BLOCK)]
    head = Head(
        count=len(built.rows),
        planes=built.planes,
        years=built.years,
        bands=built.bands,
        infos=catalog.infos,
        as_of=catalog.as_of,
        origins=last_first_seen(program.origin for program in catalog.programs),
        corrected=len(catalog.corrections),
        parts=parts,
        ids=tuple(block[0][0] for block in blocks),
        sets=sets,
    )
    made[HEAD] = encode(head)
    made[CORRECTIONS] = encode(catalog.corrections)
    for number, block in enumerate(blocks):
        made[ids_name(number)] = encode(block)
    for band, (latitudes, longitudes) in built.points.items():
        made[points_name(band)] = latitudes.tobytes() + longitudes.tobytes()
    _rows(built, made)
    return made


def _sets(built: Built, made: dict[str, bytes]) -> dict[str, int]:
    """Every set of rows, equal ones once: which piece holds which."""
    number_of: dict[int, int] = {}
    sets: dict[str, int] = {}
    for name, some in pieces(built):
        if some not in number_of:
            number_of[some] = len(number_of)
            made[bits_name(number_of[some])] = bits.to_bytes(some)
        sets[name] = number_of[some]
    return sets


def _rows(built: Built, made: dict[str, bytes]) -> None:
    encoder = msgspec.msgpack.Encoder()
    for start in range(0, len(built.rows), PROGRAMS_A_BLOCK):
        block = [
            msgspec.Raw(encoder.encode(slim(program)))
            for program in built.rows[start : start + PROGRAMS_A_BLOCK]
        ]
        made[rows_name(start // PROGRAMS_A_BLOCK)] = encoder.encode(block)
