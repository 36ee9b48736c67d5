"""Files read and written: whole or not at all, private, and errors that name them."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from opmatch.cli.configuration import configuration_file, read_catalogs, write_catalogs
from opmatch.cli.files import read_input, write_private
from opmatch.errors import InputError, UsageError


def test_a_written_file_is_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "answer.json"
    file.write_text("old")
    file.chmod(0o644)
    write_private(file, "néw\n")
    assert file.read_bytes() == "néw\n".encode()
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_or_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder; name a file in it"):
        write_private(tmp_path, "x")
    with pytest.raises(UsageError, match="there is no such file or folder"):
        write_private(tmp_path / "none" / "x.json", "x")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no devices among files")
def test_a_device_is_written_to_and_not_replaced() -> None:
    write_private(Path("/dev/null"), "x")
    assert not Path("/dev/null").is_file()


def test_a_link_keeps_pointing_where_it_did(tmp_path: Path) -> None:
    link, target = tmp_path / "link.json", tmp_path / "target.json"
    target.write_text("old")
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("this system makes no links without privileges")
    write_private(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_what_is_read_is_checked(tmp_path: Path) -> None:
    file = tmp_path / "request.yaml"
    file.write_bytes(b"\xef\xbb\xbfneeds: [ptsd]\n")
    assert read_input(str(file)) == ("needs: [ptsd]\n", str(file))
    with pytest.raises(InputError, match="can't be read: there is no such file or folder"):
        read_input(str(tmp_path / "none.yaml"))
    with pytest.raises(InputError, match="can't be read"):
        read_input(str(tmp_path))
    with pytest.raises(InputError, match="is no file name"):
        read_input("a\0b")
    file.write_bytes(b"needs: x\nref: \xff\n")
    with pytest.raises(InputError, match=r"request\.yaml:2: is not UTF-8 text; save it as UTF-8"):
        read_input(str(file))
    with pytest.raises(InputError, match="is larger than 5 bytes"):
        read_input(str(file), limit=5)


def test_the_configuration_keeps_absolute_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPMATCH_CONFIG_DIR", str(tmp_path / "deep" / "er"))
    monkeypatch.chdir(tmp_path)
    assert read_catalogs() == ()
    assert write_catalogs([Path("a.yaml")]) == configuration_file()
    assert read_catalogs() == (tmp_path.resolve() / "a.yaml",)
    assert write_catalogs([]) == configuration_file()
    assert read_catalogs() == ()


def test_a_broken_configuration_says_how_to_mend_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPMATCH_CONFIG_DIR", str(tmp_path))
    configuration_file().write_bytes(b'{"catalogs": 3}')
    with pytest.raises(UsageError, match="is broken; write it anew with: opmatch catalog use"):
        read_catalogs()


def test_without_a_variable_the_users_own_folder_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("OPMATCH_CONFIG_DIR", raising=False)
    assert configuration_file().parent.name == "opmatch"
    assert configuration_file().is_absolute()
