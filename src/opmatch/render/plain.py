"""Text from catalogs and requests made harmless for a terminal, and reduced to ASCII where needed."""

from __future__ import annotations

from opmatch.pattern import pattern

# Escape sequences whole, then what is left of control characters, and the marks that turn the reading
# direction: a catalog is a file from somewhere, and a terminal obeys what it is sent.
_SEQUENCE = pattern(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.)?|\x9b[0-?]*[ -/]*[@-~]")
_BREAK = pattern(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_CONTROL = pattern("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ASCII = str.maketrans(
    {
        "–": "-",
        "—": "-",
        "·": "|",
        "─": "-",
        "━": "=",
        "╸": "=",
        "•": "*",
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "×": "x",
        "→": ">",
        "≈": "~",
        "…": "~",
        "\u00a0": " ",
    }
)


def plain(text: str) -> str:
    """`text` on one line, without control characters."""
    return _CONTROL.sub("", _BREAK.sub(" ", _SEQUENCE.sub("", text)))


def to_ascii(text: str) -> str:
    """Our own signs in ASCII, column for column; letters keep their accents for the stream to replace."""
    return text.translate(_ASCII)
