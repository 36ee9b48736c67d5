"""What is kept is read back whole or not at all, and an interrupted writer changes nothing."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from opmatch import cachefolder


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(cachefolder.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def write_half_of(path: Path) -> None:
    with cachefolder.replacing(path) as temporary:
        temporary.write_bytes(b"half of")
        raise KeyboardInterrupt


def test_what_is_kept_is_read_back(at: Path) -> None:
    cachefolder.keep("words", b"first")
    cachefolder.keep("words", b"second")
    assert (cachefolder.read("words"), cachefolder.read("other")) == (b"second", None)
    assert [file.name for file in at.iterdir()] == ["words"]


@pytest.mark.parametrize("position", [0, 11, 12, 20])
def test_a_file_with_one_bit_changed_is_no_file(at: Path, position: int) -> None:
    cachefolder.keep("words", b"what was kept")
    data = bytearray((at / "words").read_bytes())
    data[position] ^= 1
    (at / "words").write_bytes(data)
    assert cachefolder.read("words") is None


def test_a_file_cut_short_is_no_file(at: Path) -> None:
    cachefolder.keep("words", b"what was kept")
    (at / "words").write_bytes((at / "words").read_bytes()[:-1])
    assert cachefolder.read("words") is None
    (at / "words").write_bytes(b"")
    assert cachefolder.read("words") is None


def test_switched_off_nothing_is_read_or_kept(at: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cachefolder.keep("words", b"kept before")
    monkeypatch.setenv(cachefolder.VARIABLE, cachefolder.OFF)
    cachefolder.keep("words", b"kept after")
    assert cachefolder.read("words") is None
    monkeypatch.setenv(cachefolder.VARIABLE, str(at))
    assert cachefolder.read("words") == b"kept before"


def test_a_writer_that_fails_leaves_what_was_there(at: Path) -> None:
    cachefolder.keep("words", b"kept before")
    with pytest.raises(KeyboardInterrupt):
        write_half_of(at / "words")
    assert cachefolder.read("words") == b"kept before"
    assert [file.name for file in at.iterdir()] == ["words"]


def test_what_killed_writers_left_is_swept_but_not_what_is_being_written(at: Path) -> None:
    at.mkdir()
    old, young = at / ".words.a.tmp", at / ".words.b.tmp"
    old.touch()
    young.touch()
    long_ago = time.time() - 2 * 24 * 3600
    os.utime(old, (long_ago, long_ago))
    cachefolder.keep("words", b"kept")
    assert (old.exists(), young.exists()) == (False, True)


def test_a_folder_that_cannot_be_made_is_an_error_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(cachefolder.VARIABLE, str(tmp_path / "file" / "cache"))
    with pytest.raises(OSError, match="file"):
        cachefolder.keep("words", b"kept")
    assert cachefolder.read("words") is None
