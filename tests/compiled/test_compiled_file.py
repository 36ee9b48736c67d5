"""A kept catalog: the same answers as from its sources, whatever befalls the file or the sources."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from msgspec.structs import replace

from opmatch import api, shipped
from opmatch.catalog.sources import read_source
from opmatch.compiled.file import FilePieces, rewrite
from opmatch.compiled.head import HEAD, MADE_FROM, MadeFrom, encode
from opmatch.compiled.load import FOLDER, decoded
from opmatch.errors import InputError
from opmatch.intake.words import RequestWords
from opmatch.model.program import Catalog

DAY = "2026-11-23"
WORDS = (
    RequestWords(needs=("ptsd",), near="60610", payers=("medicaid",), when=("mon-fri 17:30-21:00",)),
    RequestWords(needs=("opioid",), near="60610", levels=("iop",), age=17, delivery="virtual"),
    RequestWords(language="es", gender="female", payers=("private:aetna",)),
)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of one's own, which nothing is in yet."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("OPMATCH_CACHE_DIR", str(folder))
    return folder


@cache
def _sample() -> Any:
    return yaml.load(shipped.sample_catalog().read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder of two catalogs, of the sample's programs, last changed long ago."""
    whole = _sample()
    folder = tmp_path / "catalogs"
    folder.mkdir()
    for name, programs in (("a", whole["programs"][:12]), ("b", whole["programs"][40:46])):
        write(folder / f"{name}.yaml", {**whole, "programs": programs})
    return folder


def write(path: Path, data: object) -> None:
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")
    long_ago = time.time() - 3600
    os.utime(path, (long_ago, long_ago))


def answers(catalog: Catalog) -> bytes:
    """What a few requests are answered, as JSON, and every program."""
    import datetime as dt

    asked = [api.understand(words, dt.date.fromisoformat(DAY)) for words in WORDS]
    rankings = [api.rank(catalog, request, notices) for request, notices in asked]
    return msgspec.json.encode((rankings, tuple(catalog.programs), catalog.as_of, catalog.corrections))


def plainly(*paths: Path) -> bytes:
    return answers(api.read_catalog(paths))


def files(kept: Path) -> list[Path]:
    return sorted((kept / FOLDER).glob("*.sqlite"))


def test_cold_warm_and_off_answer_the_same(source: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = plainly(source)
    assert answers(api.load_catalog([source])) == plain
    (file,) = files(kept)
    before = file.read_bytes()
    assert answers(api.load_catalog([source])) == plain
    assert file.read_bytes() == before
    monkeypatch.setenv("OPMATCH_CACHE_DIR", "off")
    assert answers(api.load_catalog([source])) == plain


def test_the_file_is_nobody_elses_business(source: Path, kept: Path) -> None:
    api.load_catalog([source])
    (file,) = files(kept)
    assert file.stat().st_mode & 0o077 == 0


def _change(folder: Path) -> None:
    data = yaml.safe_load((folder / "b.yaml").read_text(encoding="utf-8"))
    data["programs"][0]["name"] = "Renamed"
    write(folder / "b.yaml", data)


def _change_in_place(folder: Path) -> None:
    """Same size, same time, at once after it was read."""
    file = folder / "b.yaml"
    text = file.read_text(encoding="utf-8")
    seen = file.stat()
    changed = text.replace("level: iop", "level: php")
    assert changed != text
    file.write_text(changed, encoding="utf-8")
    os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def _add(folder: Path) -> None:
    data = yaml.safe_load((folder / "a.yaml").read_text(encoding="utf-8"))
    data["programs"] = [{**data["programs"][0], "id": "one-more"}]
    write(folder / "c.yaml", data)


def _remove(folder: Path) -> None:
    (folder / "b.yaml").unlink()


def _correct(folder: Path) -> None:
    data = yaml.safe_load((folder / "a.yaml").read_text(encoding="utf-8"))
    one = {"program": data["programs"][0]["id"], "field": "status", "value": "paused", "by": "phone"}
    write(folder / "z.yaml", {"opmatch": 1, "corrections": [{**one, "date": "2026-11-20"}]})


@pytest.mark.parametrize("change", [_change, _change_in_place, _add, _remove, _correct])
def test_a_changed_folder_is_read_again(source: Path, kept: Path, change: Callable[[Path], None]) -> None:
    api.load_catalog([source])
    change(source)
    plain = plainly(source)
    assert answers(api.load_catalog([source])) == plain
    assert answers(api.load_catalog([source])) == plain
    assert len(files(kept)) == 1


def test_a_file_changed_within_its_clocks_tick_is_read_again(source: Path, kept: Path) -> None:
    file = source / "b.yaml"
    now = time.time_ns()
    os.utime(file, ns=(now, now))
    api.load_catalog([source])
    file.write_text(file.read_text(encoding="utf-8").replace("level: iop", "level: php"), encoding="utf-8")
    os.utime(file, ns=(now, now))
    assert answers(api.load_catalog([source])) == plainly(source)


def test_a_file_that_is_only_touched_is_looked_at_once(source: Path, kept: Path) -> None:
    api.load_catalog([source])
    (file,) = files(kept)
    ago = time.time() - 1800
    os.utime(source / "a.yaml", (ago, ago))
    plain = plainly(source)
    before = file.stat().st_ino
    assert answers(api.load_catalog([source])) == plain
    stamped = file.stat().st_ino
    assert answers(api.load_catalog([source])) == plain
    assert stamped != before
    assert file.stat().st_ino == stamped


def test_only_changed_files_of_a_folder_are_read_again(
    source: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from opmatch.catalog import load, one_file

    api.load_catalog([source])
    _change(source)
    plain = plainly(source)
    read: list[str] = []

    def noting(source: object, *rest: object) -> object:
        read.append(source.path.name)  # type: ignore[attr-defined]
        return one_file.read_file(source, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(load, "read_file", noting)
    assert answers(api.load_catalog([source])) == plain
    assert read == ["b.yaml"]


def test_corrections_of_the_users_own_are_laid_over(source: Path, kept: Path, tmp_path: Path) -> None:
    _correct(source)
    mine = tmp_path / "mine.yaml"
    (source / "z.yaml").rename(mine)
    overlays = [read_source(mine)]
    for given in ([], overlays, [], overlays):
        catalog = api.load_catalog([source], overlays=given)
        assert answers(catalog) == answers(api.read_catalog([source], overlays=given))
        assert len(catalog.corrections) == len(given)


@pytest.mark.parametrize("flips", [20, pytest.param(300, marks=pytest.mark.long)])
def test_flipped_bytes_are_noticed_wherever_they_are(source: Path, kept: Path, flips: int) -> None:
    plain = plainly(source)
    api.load_catalog([source])
    (file,) = files(kept)
    whole = file.read_bytes()
    draw = random.Random(7)
    places = [*range(0, 100, 9), *(draw.randrange(len(whole)) for _ in range(flips))]
    for at in places:
        damaged = bytearray(whole)
        damaged[at] ^= 1 << draw.randrange(8)
        file.write_bytes(damaged)
        assert answers(api.load_catalog([source])) == plain, at


@pytest.mark.parametrize("length", [0, 1, 99, 5000, -4096, -1])
def test_half_a_file_is_made_again(source: Path, kept: Path, length: int) -> None:
    plain = plainly(source)
    api.load_catalog([source])
    (file,) = files(kept)
    whole = file.read_bytes()
    file.write_bytes(whole[:length])
    assert answers(api.load_catalog([source])) == plain
    made = file.read_bytes()
    assert len(made) == len(whole)
    assert answers(api.load_catalog([source])) == plain
    assert file.read_bytes() == made


@pytest.mark.parametrize("stamp", ["", "another opmatch"])
def test_what_another_version_kept_is_made_again(source: Path, kept: Path, stamp: str) -> None:
    plain = plainly(source)
    api.load_catalog([source])
    (file,) = files(kept)
    pieces = FilePieces(file)
    made_from = decoded(pieces, MADE_FROM, MadeFrom)
    pieces.close()
    rewrite(file, MADE_FROM, encode(replace(made_from, code=stamp)))
    assert answers(api.load_catalog([source])) == plain
    pieces = FilePieces(file)
    assert decoded(pieces, MADE_FROM, MadeFrom).code == made_from.code
    pieces.close()


def test_what_an_older_form_kept_is_made_again(source: Path, kept: Path) -> None:
    """Whole, and current by what it was made from, but what it says of itself can't be read."""
    plain = plainly(source)
    api.load_catalog([source])
    (file,) = files(kept)
    rewrite(file, HEAD, msgspec.msgpack.encode({"of": "another time"}))
    assert answers(api.load_catalog([source])) == plain
    rewrite(file, MADE_FROM, msgspec.msgpack.encode(["of another time"]))
    assert answers(api.load_catalog([source])) == plain
    assert answers(api.load_catalog([source])) == plain


def test_where_nothing_can_be_kept_it_is_said_in_a_line(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("OPMATCH_CACHE_DIR", str(tmp_path / "file" / "cache"))
    told: list[str] = []
    assert answers(api.load_catalog([source], tell=told.append)) == plainly(source)
    assert [line.count("\n") for line in told] == [0]
    assert str(tmp_path / "file") in told[0]


def test_a_broken_catalog_is_told_and_not_kept(source: Path, kept: Path) -> None:
    api.load_catalog([source])
    (source / "b.yaml").write_text("opmatch: 1\nprograms: [{}]\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(InputError):
            api.load_catalog([source])
    with pytest.raises(InputError):
        api.load_catalog([source / "none.yaml"])


def test_a_catalog_that_can_no_longer_be_read_is_told(source: Path, kept: Path) -> None:
    api.load_catalog([source])
    file = source / "b.yaml"
    file.unlink()
    file.symlink_to("nowhere.yaml")
    with pytest.raises(InputError):
        api.load_catalog([source])


@pytest.mark.skipif(sys.platform == "win32", reason="a folder one is in can't be removed there")
def test_from_a_folder_that_is_gone_catalogs_are_read(
    source: Path, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert answers(api.load_catalog([source])) == plainly(source)
    monkeypatch.chdir(tmp_path)


def test_other_catalogs_of_the_same_name_are_kept_apart(
    source: Path, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.yaml").write_bytes((source / "b.yaml").read_bytes())
    for folder in (source, other, source):
        monkeypatch.chdir(folder)
        assert answers(api.load_catalog([Path("a.yaml")])) == plainly(Path("a.yaml"))
    assert len(files(kept)) == 2


FIND = (sys.executable, "-m", "opmatch", "find", "--near", "60610", "--format", "json", "--as-of", DAY, "-c")


def find(source: Path, kept: Path | str, **options: object) -> subprocess.Popen[bytes]:
    started: subprocess.Popen[bytes] = subprocess.Popen(
        [*FIND, str(source)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "OPMATCH_CACHE_DIR": str(kept)},
        **options,  # type: ignore[call-overload]
    )
    return started


def said(process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    out, err = process.communicate()
    assert process.returncode == 0, err
    return out, err


def test_eight_at_once_all_answer(source: Path, tmp_path: Path) -> None:
    expected, _ = said(find(source, "off"))
    running = [find(source, tmp_path / "cache") for _ in range(8)]
    assert {said(process) for process in running} == {(expected, b"")}
    assert said(find(source, tmp_path / "cache")) == (expected, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="limits are of POSIX")
def test_a_full_disk_is_said_once_and_leaves_nothing(source: Path, tmp_path: Path) -> None:
    import resource

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    expected, _ = said(find(source, "off"))
    out, err = said(find(source, tmp_path / "cache", preexec_fn=limited))
    assert out == expected
    assert len(err.splitlines()) == 1
    assert [*(tmp_path / "cache" / FOLDER).iterdir()] == []


@pytest.fixture
def moments() -> Iterator[float]:
    """Seconds after the start at which a process is killed."""
    return iter([0.25, 0.35, 0.45, 0.55, 0.65, 0.8])


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")
def test_killed_at_any_moment_the_next_is_right(
    source: Path, tmp_path: Path, moments: Iterator[float]
) -> None:
    expected, _ = said(find(source, "off"))
    for seconds in moments:
        process = find(source, tmp_path / "cache")
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        kept = files(tmp_path / "cache")
        assert len(kept) <= 1
    assert said(find(source, tmp_path / "cache")) == (expected, b"")
    assert said(find(source, tmp_path / "cache")) == (expected, b"")
