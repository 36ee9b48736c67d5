"""What opmatch remembers for a user, and where: the catalogs in use, and corrections to catalogs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from opmatch.cli.files import reason, write_private
from opmatch.errors import UsageError
from opmatch.userfolders import user_folder

FOLDER_VARIABLE = "OPMATCH_CONFIG_DIR"
CORRECTIONS_VARIABLE = "OPMATCH_CORRECTIONS"


class Configuration(msgspec.Struct, frozen=True):
    """The whole configuration: absolute paths of the catalogs to search when none is named."""

    catalogs: tuple[str, ...] = ()


def configuration_file() -> Path:
    """Where the configuration is kept, whether or not it exists."""
    if folder := os.environ.get(FOLDER_VARIABLE):
        return Path(folder) / "config.json"
    return user_folder("config") / "config.json"


def read_catalogs() -> tuple[Path, ...]:
    """The catalogs set by `opmatch catalog use`; none when nothing was set.

    Raises UsageError when the file is there but broken.
    """
    file = configuration_file()
    try:
        data = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise UsageError(f"{file} can't be read: {reason(error)}") from None
    try:
        return tuple(map(Path, msgspec.json.decode(data, type=Configuration).catalogs))
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise UsageError(f"{file} is broken; write it anew with: opmatch catalog use PATH") from None


def write_catalogs(paths: Sequence[Path]) -> Path:
    """Remember `paths`, made absolute, and return the file they are kept in. Raises UsageError."""
    file = configuration_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{file.parent} can't be made: {reason(error)}") from None
    kept = Configuration(tuple(str(path.resolve()) for path in paths))
    write_private(file, msgspec.json.format(msgspec.json.encode(kept), indent=2).decode() + "\n")
    return file


def corrections_file() -> Path:
    """Where corrections are kept unless said otherwise, whether or not the file exists."""
    if named := os.environ.get(CORRECTIONS_VARIABLE):
        return Path(named)
    if folder := os.environ.get(FOLDER_VARIABLE):
        return Path(folder) / "corrections.yaml"
    return user_folder("data") / "corrections.yaml"
