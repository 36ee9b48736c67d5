"""What a criterion looks at by itself (one need, one payer, one wish), and all that this follows from."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from msgspec import Struct

from opmatch.matching.case import Case
from opmatch.matching.told import Reader
from opmatch.matching.view import Judged, View
from opmatch.matching.ways import Way

Reads = Callable[[Case, Way], Hashable]


class Aspect(Struct, frozen=True):
    """On a day, what `judge` finds follows from `asks`, of the request, and what `facts` reads of a program.

    `of_way` adds what of the way there counts as well. `narrow`, where it is given, is less than `facts` and
    enough: programs which differ in much else are alike in it.
    """

    asks: Hashable
    judge: Callable[[Case, Way, View], Judged]
    facts: Reader
    narrow: Reads | None = None
    of_way: Callable[[Way], Hashable] | None = None
