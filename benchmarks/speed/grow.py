"""A catalog of any size, grown from a real one: its programs again and again, each copy somewhere else.

The same size gives the same programs. Copies are spread over the lower 48 states, not over cities, so that a
request finds more programs in a larger catalog but not in proportion. What is compiled is compiled as always;
only the reading of YAML is left out, which is measured by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from msgspec.structs import replace

from opmatch import api, cachefolder
from opmatch.catalog.load import AllRead
from opmatch.catalog.one_file import FileReading
from opmatch.catalog.sources import catalog_files, read_source
from opmatch.compiled import file
from opmatch.compiled.compile import compiled
from opmatch.compiled.fresh import made_from_now, stamps, with_contents
from opmatch.compiled.load import FOLDER, name_of
from opmatch.model.program import CatalogInfo, Point, Program

SOUTH, NORTH, WEST, EAST = 26.0, 48.5, -123.0, -70.0


def grown(programs: Sequence[Program], count: int) -> Iterator[Program]:
    """The first `count` of: the programs as they are, then copies of them elsewhere."""
    random = Random(1)
    for number in range(count):
        turn, at = divmod(number, len(programs))
        program = programs[at]
        if turn and program.site is not None:
            point = Point(round(random.uniform(SOUTH, NORTH), 6), round(random.uniform(WEST, EAST), 6))
            site = replace(program.site, point=point, street=f"{program.site.street} {turn}")
            program = replace(program, id=f"{program.id}-{turn}", site=site)
        yield program


def keep(programs: Sequence[Program], stub: Path) -> None:
    """Compile `programs` as if they were what the small catalog `stub` says."""
    folder = cachefolder.folder()
    assert folder is not None, "OPMATCH_CACHE_DIR is off"
    source = read_source(stub)
    info = CatalogInfo(name=stub.stem, sha256=source.sha256, programs=len(programs), sample=False)
    reading = FileReading(source=source, info=info, programs=tuple(enumerate(programs)))
    seen = stamps(catalog_files([stub])[0])
    assert seen is not None
    made_from = with_contents(made_from_now([stub], (), seen), {str(stub): source.sha256})
    pieces = compiled(
        AllRead(readings=(reading,)), made_from, api.load_vocabulary(), api.load_formula(), None
    )
    file.write(folder / FOLDER / name_of([stub]), pieces)
