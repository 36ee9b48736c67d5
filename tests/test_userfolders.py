"""Folders are where platformdirs says, whatever the environment."""

from __future__ import annotations

import platformdirs
import pytest

from opmatch.userfolders import user_folder


@pytest.mark.parametrize(
    "environment",
    [
        {"HOME": "/home/somebody"},
        {"HOME": "/"},
        {"HOME": ""},
        {"HOME": "relative"},
        {"HOME": "/home/a b", "XDG_CACHE_HOME": "/var/c", "XDG_CONFIG_HOME": "/var/f", "XDG_DATA_HOME": "/d"},
        {"HOME": "/home/x", "XDG_CACHE_HOME": "", "XDG_CONFIG_HOME": "relative", "XDG_DATA_HOME": " "},
    ],
)
def test_a_folder_is_where_platformdirs_says(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert [user_folder("cache"), user_folder("config"), user_folder("data")] == [
        platformdirs.user_cache_path("opmatch", appauthor=False),
        platformdirs.user_config_path("opmatch", appauthor=False),
        platformdirs.user_data_path("opmatch", appauthor=False),
    ]
