"""Plain data as YAML text that people can read and every YAML reader reads back as it was."""

from __future__ import annotations

import datetime as dt
import functools
import json
import re
from collections.abc import Mapping
from typing import Any, Final

# What YAML allows unescaped in double quotes, less the line breaks, marks and blanks that nobody sees.
_ESCAPED: Final = re.compile("[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]|[\U0001fffe-\U0010ffff]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_REPLACEMENT: Final = "\ufffd"
# Words that can't be anything but text, but for those that some YAML reader takes for something else.
_PLAIN: Final = re.compile(r"[a-z][a-z0-9_]*(?:-[a-z0-9_]+)*")
_NOT_PLAIN: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def flow(value: Any) -> str:
    """`value` on one line: {min: 18, max: 64}, [cbt, emdr], "O'Brien: a name".

    Surrogates, which no file can hold, become U+FFFD. Raises ValueError for a number that is not finite and
    TypeError for what isn't plain data.
    """
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_text(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    if value is None:
        return "null"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not plain data")


@functools.lru_cache(maxsize=1 << 16)  # a catalog says the same few hundred words again and again
def _text(text: str) -> str:
    if _PLAIN.fullmatch(text) and text not in _NOT_PLAIN:
        return text
    quoted = json.dumps(_SURROGATE.sub(_REPLACEMENT, text), ensure_ascii=False)
    return _ESCAPED.sub(_escape, quoted)


def _escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _number(value: float) -> str:
    text = json.dumps(value, allow_nan=False)
    mantissa, e, exponent = text.partition("e")
    if not e:
        return text
    # YAML 1.1 wants the point and the sign: 1e16 would be read as text.
    if "." not in mantissa:
        mantissa += ".0"
    if exponent[0] not in "+-":
        exponent = f"+{exponent}"
    return f"{mantissa}e{exponent}"
