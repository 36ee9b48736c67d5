"""Modules that what we import imports in turn, and that an ordinary call never uses: loaded when it does."""

from __future__ import annotations

import os
import sys
from _thread import RLock
from collections.abc import Callable
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

PUT_OFF: dict[str, tuple[str, ...]] = {
    # of Typer
    "gettext": ("gettext",),
    "subprocess": (),
    "difflib": ("get_close_matches",),
    # of the standard library, where Typer or we import the modules that import them
    "bz2": (),
    "ipaddress": (),
    "lzma": (),
    "platform": ("system",),
    "textwrap": (),
    "tokenize": (),
    "urllib.parse": ("quote_from_bytes",),
    # of msgspec
    "msgspec._json_schema": ("schema", "schema_components"),
    "msgspec.inspect": (),
    "msgspec.toml": (),
    "msgspec.yaml": (),
}
"""Modules to put off, with the functions that others import from them by name as they are imported."""
_loading = RLock()


def _system() -> str:
    return os.uname().sysname


_KNOWN = {("platform", "system"): _system} if hasattr(os, "uname") else {}
"""Functions called at once, by `uuid` here, with what they come to where the system tells."""


class _Module(ModuleType):
    """A module that is executed when something of it is asked for, and from then on is like any other."""

    def __getattr__(self, name: str) -> Any:
        if name == "__path__":  # what the import system asks of each
            raise AttributeError(name)
        try:
            return vars(_loaded(self))[name]
        except KeyError:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}") from None


class _Loader:
    """Makes the module and leaves it at that; `loader` is who would have executed it."""

    def __init__(self, loader: Any) -> None:
        self.loader = loader

    def create_module(self, spec: ModuleSpec) -> None:
        """As any module is made."""

    def exec_module(self, module: ModuleType) -> None:
        module.__class__ = _Module
        for name in PUT_OFF[module.__name__]:
            setattr(module, name, _KNOWN.get((module.__name__, name)) or _when_called(module, name))


class Later:
    """A finder for these modules alone."""

    @staticmethod
    def find_spec(name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if name not in PUT_OFF:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader)  # type: ignore[assignment]
        return spec


def put_off() -> None:
    """From now on, import these modules when they are used; for the command line, which ends soon."""
    if Later not in sys.meta_path:
        sys.meta_path.insert(0, Later)


def import_msgspec() -> None:
    """Import msgspec, which every command needs, without typing_extensions, which it takes where it is.

    What msgspec wants of it has been in typing itself since Python 3.11; it takes a third of the import.
    """
    wanted: dict[str, Any] = sys.modules  # None there stands for "can't be imported"
    if "msgspec" in wanted or "typing_extensions" in wanted:
        return
    wanted["typing_extensions"] = None
    try:
        import_module("msgspec")
    finally:
        del wanted["typing_extensions"]


def _loaded(module: ModuleType) -> ModuleType:
    """The module, executed; other threads wait until it is."""
    with _loading:
        spec: Any = module.__spec__
        if isinstance(spec.loader, _Loader):
            module.__loader__ = spec.loader = spec.loader.loader
            spec.loader.exec_module(module)
            module.__class__ = ModuleType
    return module


def _when_called(module: ModuleType, name: str) -> Callable[..., Any]:
    def function(*arguments: Any, **named: Any) -> Any:
        return getattr(_loaded(module), name)(*arguments, **named)

    return function
