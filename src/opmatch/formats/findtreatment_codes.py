"""The locator's service texts as SAMHSA's codes."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from opmatch import shipped
from opmatch.formats.doubts import Doubts
from opmatch.formats.plain_text import clean, scalar
from opmatch.formats.samhsa_codes import Code, Directory, directories
from opmatch.vocabulary.index import key

TABLE: Final = "formats/findtreatment.yaml"
_APART: Final = re.compile(r"[;\n|]")
_TELLING: Final = {"mentalhealthtreatment": "mh", "substanceusetreatment": "su"}

Services = list[tuple[str, str]]
"""Category and text of each service."""


class Names:
    """The names of one directory's codes, the locator's own among them."""

    def __init__(self, directory: Directory, own: dict[str, str | None]) -> None:
        self.directory = directory
        self._own = {key(name): code for name, code in own.items()}
        self._of_category: dict[tuple[str, str], str] = {}
        by_name: dict[str, set[str]] = {}
        for code, entry in directory.codes.items():
            self._of_category.setdefault((entry.category, key(entry.name)), code)
            by_name.setdefault(key(entry.name), set()).add(code)
        self._only = {name: codes.copy().pop() for name, codes in by_name.items() if len(codes) == 1}

    def codes(self, services: Services, doubts: Doubts) -> tuple[str, ...]:
        """The codes that `services` name, in the table's order; what names none is a doubt."""
        found: set[str] = set()
        for category, text in services:
            code, known = self._find(category, text)
            if code is not None:
                found.add(code)
            elif not known:
                doubts.add(f"services {category}".strip(), text, "not a service that is known")
        return tuple(sorted(found, key=self.directory.order.__getitem__))

    def _find(self, category: str, text: str) -> tuple[str | None, bool]:
        """The code, and whether the text is known at all."""
        name = key(text)
        code = self._of_category.get((category, name)) or self._only.get(name)
        if code is None and text in self.directory.codes:
            code = text
        return (code, True) if code is not None else (self._own.get(name), name in self._own)


@functools.cache
def names() -> dict[str, Names]:
    """By kind of facility: mh, su."""
    table = _table()
    out: dict[str, Names] = {}
    for one in directories():
        extra = {
            code: msgspec.convert(entry, Code) for code, entry in table["codes"].get(one.short, {}).items()
        }
        widened = Directory(field=one.field, short=one.short, codes=one.codes | extra)
        out[one.short] = Names(widened, table["names"].get(one.short, {}))
    return out


def kind_of(written: str, services: Services) -> str:
    """mh or su, by the facility's type, else by the treatment it lists; "" where neither tells."""
    kind: str = _table()["types"].get(written.strip().upper(), "")
    if kind:
        return kind
    told = {_TELLING[key(text)] for _, text in services if key(text) in _TELLING}
    return told.pop() if len(told) == 1 and not written.strip() else ""


def services_of(value: Any, doubts: Doubts) -> Services:
    """The services of a row: a list of {f1, f2, f3}, whose f3 holds several texts, or a list of codes."""
    if value is None or value == "":
        return []
    if not isinstance(value, list):
        doubts.add("services", clean(str(value)), "not a list")
        return []
    return list(dict.fromkeys(_each(value, doubts)))


def _each(entries: list[Any], doubts: Doubts) -> Iterator[tuple[str, str]]:
    for entry in entries:
        if isinstance(entry, dict):
            category, texts = clean(scalar(entry.get("f2"))), entry.get("f3")
            for text in texts if isinstance(texts, list) else [texts]:
                yield from ((category, part) for part in _parts(scalar(text)))
        elif isinstance(entry, str):
            yield from (("", part) for part in _parts(entry))
        else:
            doubts.add("services", clean(str(entry)), "not a service")


def _parts(text: str) -> Iterator[str]:
    for part in _APART.split(html.unescape(text)):
        if words := clean(part):
            yield words


@functools.cache
def _table() -> Any:
    return shipped.yaml_document(TABLE)
