"""Counts in words."""

from __future__ import annotations


def programs(count: int) -> str:
    """ "1 program", "1,200 programs"."""
    return f"{count:,} program{'' if count == 1 else 's'}"
