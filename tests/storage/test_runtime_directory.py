"""What lies beneath a directory, who may look in, and how its files begin and end."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from storage.errors import RuntimeDirectoryRefused
from storage.runtime_directory import (
    check_memory,
    find_filesystem,
    make_private,
    read_private,
    shred,
    write_new,
)


def mounts(folder: Path, *lines: str) -> Path:
    path = folder / "mounts"
    path.write_bytes("".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape"))
    return path


def test_the_mount_nearest_above_names_the_file_system(tmp_path: Path) -> None:
    told = mounts(tmp_path, "/dev/sda / ext4 rw", f"x {tmp_path} tmpfs rw", f"y {tmp_path}/other xfs rw")
    assert find_filesystem(tmp_path / "keys", mounts=told) == "tmpfs"
    assert find_filesystem(Path("/elsewhere"), mounts=told) == "ext4"


def test_a_later_mount_hides_an_earlier_one(tmp_path: Path) -> None:
    told = mounts(tmp_path, f"x {tmp_path} tmpfs rw", f"y {tmp_path} xfs rw")
    assert find_filesystem(tmp_path, mounts=told) == "xfs"


def test_a_place_with_a_space_is_read_as_the_kernel_writes_it(tmp_path: Path) -> None:
    told = mounts(tmp_path, "/dev/sda / ext4 rw", f"x {tmp_path}/two\\040words tmpfs rw")
    assert find_filesystem(tmp_path / "two words", mounts=told) == "tmpfs"


@pytest.mark.parametrize("line", ["", "alone", "half a"])
def test_a_line_cut_short_is_no_file_system(tmp_path: Path, line: str) -> None:
    told = mounts(tmp_path, "/dev/sda / ext4 rw", line)
    assert find_filesystem(tmp_path, mounts=told) == "ext4"
    assert find_filesystem(tmp_path, mounts=mounts(tmp_path, line)) == ""


def test_letters_that_are_no_utf_8_hide_nothing(tmp_path: Path) -> None:
    told = mounts(tmp_path, "x /\udcff xfs rw", f"x {tmp_path} tmpfs rw")
    assert find_filesystem(tmp_path, mounts=told) == "tmpfs"


def test_a_kernel_that_does_not_tell_is_an_unknown_file_system(tmp_path: Path) -> None:
    assert find_filesystem(tmp_path, mounts=tmp_path / "none") == ""
    warning = check_memory(tmp_path, allow_disk=True, mounts=tmp_path / "none")
    assert warning is not None
    assert warning.startswith(f"{tmp_path} does not lie in memory (it is on an unknown file system)")


def test_a_disk_is_refused_by_name_or_warned_of(tmp_path: Path) -> None:
    told = mounts(tmp_path, "/dev/sda / ext4 rw")
    with pytest.raises(RuntimeDirectoryRefused, match="it is on ext4"):
        check_memory(tmp_path, mounts=told)
    assert "it is on ext4" in str(check_memory(tmp_path, allow_disk=True, mounts=told))


def test_a_directory_that_is_a_mount_of_its_own_is_asked_itself(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    told = mounts(tmp_path, "/dev/sda / ext4 rw", f"x {keys} tmpfs rw")
    with pytest.raises(RuntimeDirectoryRefused):
        check_memory(keys, mounts=told)  # not there yet: its parent lies on a disk
    keys.mkdir()
    assert check_memory(keys, mounts=told) is None


def test_a_new_directory_is_made_with_its_parents_and_is_ours_alone(tmp_path: Path) -> None:
    made = tmp_path / "one" / "two"
    make_private(made)
    make_private(made)
    assert stat.S_IMODE(made.stat().st_mode) == 0o700


def test_a_key_is_not_read_or_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "aim").write_bytes(b"theirs")
    (tmp_path / "link").symlink_to(tmp_path / "aim")
    with pytest.raises(OSError, match="symbolic"):
        read_private(tmp_path / "link")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "link", b"ours")
    with pytest.raises(OSError, match="symbolic"):
        shred(tmp_path / "link")
    assert (tmp_path / "aim").read_bytes() == b"theirs"


def test_a_new_file_is_whole_ours_alone_and_leaves_no_half(tmp_path: Path) -> None:
    half = tmp_path / f".keys.{os.getpid()}"
    half.write_bytes(b"left by a crash")
    write_new(tmp_path / "keys", b"first")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "keys", b"second")
    assert read_private(tmp_path / "keys") == b"first"
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


def test_a_large_file_is_not_read_whole(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(bytes(10_000))
    assert len(read_private(tmp_path / "large")) == 4096


def test_what_is_shredded_was_overwritten_before_it_went(tmp_path: Path) -> None:
    (tmp_path / "keys").write_bytes(b"secret")
    (tmp_path / "still").hardlink_to(tmp_path / "keys")
    shred(tmp_path / "keys")
    shred(tmp_path / "keys")
    assert [path.name for path in tmp_path.iterdir()] == ["still"]
    assert (tmp_path / "still").read_bytes() == bytes(6)
