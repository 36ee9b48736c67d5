"""What a command loads: no library that its answer doesn't need, and no other command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from opmatch.compiled.fresh import SETTLED_NS

_PROGRAM = """
import json, sys
from opmatch.cli.entry import main
code = main(sys.argv[1:])
sys.stdout.flush()
print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""
_NEVER = ("click", "pydantic", "numpy", "socket", "ssl", "http.client", "asyncio", "unittest", "jinja2")


_UNUSED_WHEN_WARM = {
    "yaml",
    "rapidfuzz",
    "platformdirs",
    "typing_extensions",
    "tempfile",
    "zoneinfo",
    "opmatch.vocabulary.screen",
    "opmatch.vocabulary.learned",
    "opmatch.vocabulary.evidence",
    "opmatch.vocabulary.read",
    "opmatch.vocabulary.cues",
    "opmatch.vocabulary.codes",
    "opmatch.render.table",
    "opmatch.render.layout",
}


def loaded(*arguments: str, folder: Path, catalog: str = "", cache: str = "off") -> set[str]:
    """The modules in memory after `opmatch ARGUMENTS…`, which must succeed."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *arguments],
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
        env={
            **os.environ,
            "OPMATCH_CONFIG_DIR": str(folder),
            "OPMATCH_CATALOG": catalog,
            "OPMATCH_CACHE_DIR": cache,
        },
    )
    code, modules = json.loads(done.stderr.splitlines()[-1])
    assert code == 0, done.stderr
    return set(modules)


def commands(modules: set[str]) -> set[str]:
    """The command modules among them."""
    from opmatch.cli.commands import CATALOG_COMMANDS, COMMANDS

    known = {entry.module for entry in (*COMMANDS.values(), *CATALOG_COMMANDS.values())}
    return known & modules


@pytest.mark.parametrize(
    ("arguments", "command", "absent"),
    [
        (["--help"], None, {"rich", "yaml", "rapidfuzz", "msgspec.json", "opmatch.api"}),
        (
            ["crisis"],
            "opmatch.cli.crisis",
            {"rich", "rapidfuzz", "platformdirs", "zoneinfo", "python_calamine", "opmatch.catalog", "random"},
        ),
        (
            ["find", "--format", "json"],
            "opmatch.cli.find",
            {"rich", "python_calamine", "platformdirs", "opmatch.formats", "opmatch.render.table", "csv"},
        ),
        (
            ["assign", "--template"],
            "opmatch.cli.assign",
            {"rich", "rapidfuzz", "scipy", "opmatch.placing.solve", "opmatch.render.placement"},
        ),
        (
            ["find", "--format", "table"],
            "opmatch.cli.find",
            {"python_calamine", "rich", "opmatch.formats"},
        ),
    ],
)
def test_a_command_loads_only_what_its_answer_needs(
    arguments: list[str], command: str | None, absent: set[str], tmp_path: Path
) -> None:
    modules = loaded(*arguments, folder=tmp_path)
    assert commands(modules) == ({command} if command else set())
    assert modules & (absent | set(_NEVER)) == set()


def test_a_warm_find_of_known_words_reads_no_yaml_and_compares_no_spellings(tmp_path: Path) -> None:
    catalog = tmp_path / "tiny.json"
    program = {
        "id": "one",
        "name": "One",
        "organization": "Example",
        "field": ["mental-health"],
        "level": "op",
        "delivery": "virtual",
        "licensed_states": ["IL"],
        "source": {"name": "test", "record": "1"},
    }
    catalog.write_text(json.dumps({"opmatch": 1, "programs": [program]}), encoding="utf-8")
    os.utime(catalog, (0, 0))  # settled: else it is looked at once more, and stamped, on a slow machine
    request = ["--need", "ptsd", "--near", "60610", "--payer", "medicaid", "--when", "weekdays after 5pm"]

    def find(*words: str) -> set[str]:
        arguments = ["find", "--exit-zero", "--format", "json", *words]
        return loaded(*arguments, folder=tmp_path, catalog=str(catalog), cache=str(tmp_path / "cache"))

    assert "yaml" in find(*request)
    # A file as young as its clock's tick is looked at once more when it has settled.
    time.sleep(SETTLED_NS / 1e9)
    find(*request)
    assert find(*request) & (_UNUSED_WHEN_WARM | set(_NEVER)) == set()
    sentence = ["--need", "nightmares since the accident"]
    assert "yaml" in find(*sentence)
    assert "yaml" not in find(*sentence)


def test_crisis_lines_read_no_yaml_when_warm(tmp_path: Path) -> None:
    def crisis() -> set[str]:
        return loaded("crisis", folder=tmp_path, cache=str(tmp_path / "cache"))

    assert "yaml" in crisis()
    assert "yaml" not in crisis()


def test_whoever_asked_to_be_called_at_exit_is_called_and_everything_is_written() -> None:
    program = (
        "import atexit, sys; sys.argv[1:] = ['crisis'];"
        "atexit.register(lambda: print('called at exit')); from opmatch.__main__ import run; run()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert "988" in done.stdout
    assert done.stdout.endswith("called at exit\n")


def test_a_profiled_run_ends_as_python_ends() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cProfile", "-m", "opmatch", "crisis"],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert "function calls" in done.stdout


_PUT_OFF = """
import json, sys
from opmatch.later import PUT_OFF, put_off
put_off()
from opmatch.cli.entry import main
code = main(sys.argv[1:])
sys.stdout.flush()
waiting = [name for name in PUT_OFF if type(sys.modules.get(name)).__name__ == "_Module"]
print(json.dumps([code, waiting, sorted(set(PUT_OFF) & set(sys.modules))]), file=sys.stderr)
"""


def test_what_only_others_import_is_not_loaded_by_a_find(tmp_path: Path) -> None:
    folders = {"OPMATCH_CONFIG_DIR": str(tmp_path), "OPMATCH_CACHE_DIR": str(tmp_path / "cache")}
    arguments = ["find", "-n", "ptsd", "--near", "60610", "--payer", "medicaid", "--format", "json"]
    for _ in range(2):  # the first one reads YAML
        done = subprocess.run(
            [sys.executable, "-c", _PUT_OFF, *arguments],
            capture_output=True,
            check=True,
            encoding="utf-8",
            env={**os.environ, **folders, "OPMATCH_CATALOG": ""},
        )
    code, waiting, imported = json.loads(done.stderr.splitlines()[-1])
    assert code == 0
    assert waiting
    # Typer of another version may import others; what it imports of these nobody has used.
    assert sorted(waiting) == imported
