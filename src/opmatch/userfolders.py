"""Where a user's own files of opmatch are, by the habits of the system."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal

Use = Literal["cache", "config", "data"]
_LINUX = sys.platform == "linux" and "ANDROID_DATA" not in os.environ
_XDG: dict[Use, tuple[str, str]] = {
    "cache": ("XDG_CACHE_HOME", ".cache"),
    "config": ("XDG_CONFIG_HOME", ".config"),
    "data": ("XDG_DATA_HOME", ".local/share"),
}


def user_folder(use: Use) -> Path:
    """The folder for one use, whether or not it exists; what platformdirs says."""
    variable, at_home = _XDG[use]
    home = os.environ.get("HOME", "")
    if _LINUX and home.startswith("/") and not os.environ.get(variable):
        return Path(home, at_home, "opmatch")  # by far the commonest case; platformdirs takes 4 ms to import
    import platformdirs

    return {
        "cache": platformdirs.user_cache_path,
        "config": platformdirs.user_config_path,
        "data": platformdirs.user_data_path,
    }[use]("opmatch", appauthor=False)
