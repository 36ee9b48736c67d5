"""Modules whose loading is put off are, once used, what they always are."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

from opmatch.later import PUT_OFF

_START = "from opmatch.later import put_off; put_off(); "


def said(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _START + program], capture_output=True, check=True, encoding="utf-8"
    )
    return done.stdout.strip()


@pytest.mark.parametrize("name", list(PUT_OFF))
def test_a_module_has_all_its_names_as_soon_as_one_is_asked_for(name: str) -> None:
    public = f"import importlib, sys; m = importlib.import_module({name!r}); "
    every = "print(sorted(n for n in dir(m) if n[:2] != '__'))"
    plain = subprocess.run(
        [sys.executable, "-c", public + every], capture_output=True, check=True, encoding="utf-8"
    )
    assert said(public + "hasattr(m, 'no such name'); " + every) == plain.stdout.strip()
    assert said(public + "hasattr(m, 'no such name'); print(type(m).__name__)") == "module"


def test_importing_is_not_using() -> None:
    assert said("import subprocess; import subprocess as again; print(type(again).__name__)") == "_Module"


def test_functions_taken_by_name_do_what_they_do() -> None:
    program = (
        "import difflib, sys; from difflib import get_close_matches; "
        "print(type(difflib).__name__, get_close_matches('ab', ['abc', 'x']), type(difflib).__name__)"
    )
    assert said(program) == "_Module ['abc'] module"
    assert said("from gettext import gettext; print(gettext('Options'))") == "Options"
    assert said("import platform; print(platform.system())") == platform.system()


def test_a_class_taken_by_name_loads_its_module() -> None:
    assert said("from subprocess import Popen; print(Popen.__name__)") == "Popen"


def test_a_name_that_is_not_there_is_missed_as_usual() -> None:
    program = "import textwrap\ntry:\n    textwrap.nothing\nexcept AttributeError as e:\n    print(e)"
    assert said("pass\n" + program) == "module 'textwrap' has no attribute 'nothing'"


def test_threads_that_use_a_module_at_once_all_find_it() -> None:
    program = (
        "import threading, textwrap; found = []\n"
        "def use(): found.append(textwrap.dedent(' a'))\n"
        "every = [threading.Thread(target=use) for _ in range(20)]\n"
        "[one.start() for one in every]; [one.join() for one in every]; print(found == ['a'] * 20)"
    )
    assert said("pass\n" + program) == "True"
