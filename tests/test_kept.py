"""What is kept says what its sources say: cold, warm, switched off, damaged, and after an edit."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from opmatch import api, cachefolder, kept, shipped
from opmatch.vocabulary import codes, cuebook, load, small_words
from opmatch.vocabulary.cues import Cues
from opmatch.vocabulary.index import Index
from opmatch.vocabulary.terms import Kind, Vocabulary
from opmatch.vocabulary.tokens import Tongue

REQUEST = ["--need", "ptsd", "--near", "60610", "--payer", "medicaid", "--when", "weekdays after 5pm"]


KINDS: tuple[tuple[Kind, Tongue], ...] = (("need", "en"), ("need", "es"), ("payer", "en"), ("level", "en"))


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(cachefolder.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the files that ship, in place of them."""
    copy = tmp_path / "opmatch"
    for folder in ("vocabulary", "matching"):
        shutil.copytree(shipped.path(folder), copy / folder)
    monkeypatch.setattr(shipped, "_PACKAGE", copy)
    return copy


def values() -> dict[str, Any]:
    """Everything that is kept, read as at the start of a process."""
    vocabulary = load.load.__wrapped__()
    return {
        "vocabulary": vocabulary,
        "index": opened(vocabulary),
        "crisis": load.load_crisis.__wrapped__(),
        "formula": api.load_formula.__wrapped__(),
        "codes": codes.code_words.__wrapped__(),
        "small words": small_words._lists.__wrapped__(),
    }


def opened(vocabulary: Vocabulary) -> Index:
    index = vocabulary.index
    kinds = vocabulary.of_kind
    return Index(
        {kind: index.exact[kind] for kind in kinds}, {kind: index.words[kind] for kind in kinds}, index.codes
    )


def label(package: Path, need: str = "ptsd") -> str:
    del package  # named so that whoever reads a label has made the copy
    return load.load.__wrapped__().label("need", need)


def edit(package: Path, old: str, new: str) -> None:
    """Change a text of needs.yaml; size and time of the file stay what they were."""
    file = package / "vocabulary" / "needs.yaml"
    before, text = file.stat(), file.read_text(encoding="utf-8")
    assert old in text
    assert len(old) == len(new)
    file.write_text(text.replace(old, new), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_cold_warm_and_switched_off_are_the_same(at: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cold = values()
    assert at.is_dir()
    with monkeypatch.context() as patched:
        patched.setattr(shipped, "yaml_document", None)  # a warm call reads no YAML
        warm = values()
    monkeypatch.setenv(cachefolder.VARIABLE, cachefolder.OFF)
    assert cold == warm == values()


def test_kept_cues_are_the_cues_of_the_words_files(at: Path) -> None:
    for kind, tongue in KINDS:
        built = cuebook._built(load.load(), kind, tongue)
        cuebook._made(load.load(), kind, tongue)
        warm = cuebook._made(load.load(), kind, tongue)
        by_stem = {stem: warm.by_stem[stem] for stem in built.by_stem}
        assert Cues(warm.tongue, by_stem, warm.by_number, warm.stems) == built
        assert warm.by_stem.get("no such stem", ()) == ()
    assert len(list(at.glob("cues_*"))) == 4


@pytest.mark.parametrize("cut", [0, 5, 20, 2000, -1])
def test_damaged_files_are_made_anew(at: Path, cut: int) -> None:
    right = values()
    for file in at.iterdir():
        file.write_bytes(file.read_bytes()[:cut])
    assert values() == right
    for file in at.iterdir():
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 4
        file.write_bytes(data)
    assert values() == right


def test_a_whole_file_of_something_else_is_made_anew(at: Path) -> None:
    right = values()
    for file in list(at.iterdir()):
        cachefolder.keep(file.name, b"\x93\x01\x02\x03")
    assert values() == right


def test_an_edit_takes_effect_at_once(at: Path, package: Path) -> None:
    before = label(package)
    edit(package, f"label: {before}", f"label: {before.swapcase()}")
    assert label(package) == before.swapcase()
    edit(package, f"label: {before.swapcase()}", f"label: {before}")
    assert label(package) == before


def test_edited_code_makes_the_value_anew(at: Path, package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    label(package)
    with (package / "vocabulary" / "index.py").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    monkeypatch.setattr(shipped, "yaml_document", None)
    with pytest.raises(TypeError):
        label(package)


def test_the_folder_does_not_grow_with_edits(at: Path, package: Path) -> None:
    old = label(package)
    for letter in "abcde":
        new = f"{letter}{old[1:]}"
        edit(package, f"label: {old}", f"label: {new}")
        old = label(package)
        assert old == new
    assert len(list(at.iterdir())) == kept.MOST_VERSIONS


def test_a_folder_that_cannot_be_written_costs_time_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    right = values()
    (tmp_path / "file").touch()
    monkeypatch.setenv(cachefolder.VARIABLE, str(tmp_path / "file" / "cache"))
    assert values() == right
    assert capsys.readouterr() == ("", "")


def test_files_that_cannot_be_read_as_files_are_not_kept(at: Path) -> None:
    assert kept.kept("nothing", list[int], ("no such file",), lambda: [1]) == [1]
    assert not at.exists()


def test_an_answer_is_the_same_bytes_cold_warm_and_switched_off(tmp_path: Path) -> None:
    def answer(cache: str, *words: str) -> bytes:
        return subprocess.run(
            [sys.executable, "-m", "opmatch", "find", "--exit-zero", *words, "--format", "json"],
            capture_output=True,
            check=True,
            env={
                **os.environ,
                "OPMATCH_CACHE_DIR": cache,
                "OPMATCH_CONFIG_DIR": str(tmp_path),
                "OPMATCH_CATALOG": str(tiny_catalog(tmp_path)),
            },
        ).stdout

    for words in (REQUEST, ["--need", "nightmares since the accident, no thoughts of suicide"]):
        folder = str(tmp_path / "cache")
        cold, warm, off = answer(folder, *words), answer(folder, *words), answer("off", *words)
        assert cold == warm == off
        assert json.loads(cold)["schema"] == 1


def tiny_catalog(folder: Path) -> Path:
    """One program in JSON, which takes no YAML to read."""
    file = folder / "tiny.json"
    program = {
        "id": "one",
        "name": "One",
        "organization": "Example",
        "field": ["mental-health"],
        "level": "op",
        "delivery": "in-person",
        "site": {"city": "Chicago", "state": "IL", "zip": "60610"},
        "needs": {"treats": ["ptsd"]},
        "source": {"name": "test", "record": "1"},
    }
    file.write_text(json.dumps({"opmatch": 1, "programs": [program]}), encoding="utf-8")
    return file
