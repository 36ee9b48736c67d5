"""Doubts about how a program is reached: the form of its phone number and web address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from opmatch.catalog.doubts import Around, Doubt
from opmatch.model.program import Program

_EXTENSION: Final = re.compile(r"[\s,;]*(?:x|ext\.?|extension|#)\s*:?\s*\d{1,7}\s*$", re.IGNORECASE)
_SIGNS: Final = re.compile(r"[\s().+/·–-]+")
_KEYPAD: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_NUMBER: Final = re.compile(r"1?([2-9]\d\d)([2-9]\d\d)(\d{4})")
_SHORT: Final = re.compile(r"[2-9](?:11|88)")  # 211, 911, 988
_HOST: Final = re.compile(r"https?://(?:[^/@\s]*@)?([^/:?#\s]+)", re.IGNORECASE)
_NAME: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.IGNORECASE)
_PLACEHOLDERS: Final = ("example.org", "example.com", "example.net", "example", "test", "invalid")


def phone_digits(text: str) -> str:
    """The ten digits of a US number ("312-867-4420 x12" is 3128674420), or "" where it isn't one."""
    bare = _SIGNS.sub("", _EXTENSION.sub("", text)).upper().translate(_KEYPAD)
    found = _NUMBER.fullmatch(bare) if bare.isascii() else None
    return "".join(found.groups()) if found else ""


def phone_form(program: Program, around: Around) -> Iterator[Doubt]:
    """A phone number nobody could dial in the United States."""
    del around
    phone = program.intake.phone
    if phone and not phone_digits(phone) and not _SHORT.fullmatch(phone.strip()):
        said = "" if program.origin.sample else f" {phone!r}"
        yield Doubt("intake.phone", f"isn't one US number{said}", "write one as 312-867-4420, or with x12")


def url_form(program: Program, around: Around) -> Iterator[Doubt]:
    """A web address whose host can't be one."""
    del around
    url = program.intake.url
    host = _HOST.match(url)
    if url and (host is None or not _NAME.fullmatch(host[1]) or "://" in url[8:].partition("?")[0]):
        yield Doubt(
            "intake.url", f"has no host that can be: {url!r}", "write it as https://clinic.org/intake"
        )


def placeholder(program: Program, around: Around) -> Iterator[Doubt]:
    """A phone number or web address that exists for examples only, in a catalog that isn't a sample."""
    del around
    if program.origin.sample:
        return
    digits = phone_digits(program.intake.phone)
    if digits[3:8] == "55501":
        yield Doubt("intake.phone", "is a number kept for fiction (555-01xx)", "write the real one")
    host = _HOST.match(program.intake.url)
    name = host[1].lower() if host else ""
    if any(name == one or name.endswith(f".{one}") for one in _PLACEHOLDERS):
        yield Doubt("intake.url", f"is an address kept for examples ({name})", "write the real one")
