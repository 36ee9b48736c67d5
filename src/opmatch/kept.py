"""What is made of shipped files, kept in the user's cache folder in the form that is quickest to read."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from zlib import crc32

import msgspec

from opmatch import __version__, cachefolder, shipped

T = TypeVar("T")
SUFFIX = ".kept"
MOST_VERSIONS = 2  # of one thing: an installed opmatch and a checkout don't push each other out at each call


def kept(name: str, kind: type[T], made_from: Sequence[str], make: Callable[[], T]) -> T:
    """What `make` makes of the shipped files `made_from`, data and code: read where it was kept, else kept.

    A file of other content is another file's value, so an edit takes effect at once. `kind` is what msgspec
    decodes it as: nothing else is taken from the folder. A folder that can't be written costs time, no more.
    """
    if cachefolder.folder() is None or (mark := _mark(made_from)) is None:
        return make()
    file = f"{name}-{mark}{SUFFIX}"
    content = cachefolder.read(file)
    if content is not None:
        with contextlib.suppress(msgspec.DecodeError):
            return msgspec.msgpack.decode(content, type=kind)
    value = make()
    with contextlib.suppress(OSError):
        cachefolder.keep(file, msgspec.msgpack.encode(value))
        _forget_older(name, file)
    return value


def kept_yaml(file: str, kind: type[T]) -> T:
    """A shipped YAML file as `kind`."""
    package, _, module = str(getattr(kind, "__module__", "")).partition(".")
    code = (f"{module.replace('.', '/')}.py",) if package == "opmatch" else ()
    name = file.removesuffix(".yaml").replace("/", "_")
    return kept(name, kind, (file, *code), lambda: msgspec.convert(shipped.yaml_document(file), kind))


class Opened(dict[str, T]):
    """Kept values by key, each decoded when it is first asked for; for look-ups by known keys only."""

    def __init__(self, content: dict[str, msgspec.Raw], kind: type[T]) -> None:
        super().__init__()
        self._content, self._kind = content, kind

    def __missing__(self, key: str) -> T:
        value = self[key] = msgspec.msgpack.decode(self._content[key], type=self._kind)
        return value

    def get(self, key: str, default: Any = None) -> Any:
        return self[key] if key in self._content else default


def packed(values: dict[str, T]) -> dict[str, msgspec.Raw]:
    """Values as `Opened` takes them."""
    return {key: msgspec.Raw(msgspec.msgpack.encode(value)) for key, value in values.items()}


def _mark(made_from: Sequence[str]) -> str | None:
    """What tells this content of the files from another one; None where they can't be read as files.

    A check sum will do: the files are ours, and what has to be told apart are edits and versions.
    """
    sum_, length = crc32(f"{__version__} {msgspec.__version__} {' '.join(made_from)}".encode()), 0
    try:
        for name in made_from:
            with open(shipped.path(name), "rb", buffering=0) as file:  # noqa: PTH123 (half the time of Path)
                data = file.readall()
            sum_, length = crc32(data, sum_), length + len(data)
    except OSError:
        return None
    return f"{sum_:08x}{length:06x}"


def _forget_older(name: str, newest: str) -> None:
    """Remove what is kept under `name` but the last few."""
    at = cachefolder.folder()
    if at is None:
        return
    others = [file for file in at.glob(f"{name}-*{SUFFIX}") if file.name != newest]
    others.sort(key=lambda file: file.stat().st_mtime, reverse=True)
    for file in others[MOST_VERSIONS - 1 :]:
        file.unlink(missing_ok=True)
