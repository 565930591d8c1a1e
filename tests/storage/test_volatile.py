"""Day keys live in memory for 48 hours and never come back."""

from __future__ import annotations

import os
import stat
import time
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from storage.errors import RuntimeDirectoryRefused
from storage.runtime_directory import check_memory, find_filesystem, shred
from storage.volatile import KeyRing
from tests.fakes import FakeClock


def open_ring(runtime: Path, clock: FakeClock) -> KeyRing:
    return KeyRing.open(runtime, now=clock.now(), allow_disk=True)


def days_of(ring: KeyRing) -> list[str]:
    return [keys.day.isoformat() for keys in ring.days]


def test_the_first_start_makes_todays_keys(ring: KeyRing, runtime: Path) -> None:
    assert ring.today.day == date(2026, 11, 23)
    assert len(ring.today.key) == len(ring.today.pepper) == 32
    assert ring.today.key != ring.today.pepper
    assert [path.name for path in runtime.iterdir()] == ["2026-11-23.day"]


def test_only_we_can_look_in(ring: KeyRing, runtime: Path) -> None:
    assert stat.S_IMODE(runtime.stat().st_mode) == 0o700
    assert [stat.S_IMODE(path.stat().st_mode) for path in runtime.iterdir()] == [0o600]
    assert ring.days


def test_an_open_folder_is_closed_at_start(runtime: Path, clock: FakeClock) -> None:
    runtime.mkdir(mode=0o755)
    open_ring(runtime, clock)
    assert stat.S_IMODE(runtime.stat().st_mode) == 0o700


def test_a_restart_finds_the_same_keys(ring: KeyRing, runtime: Path, clock: FakeClock) -> None:
    clock.advance(hours=3)
    again = open_ring(runtime, clock)
    assert again.today == ring.today
    assert again.born == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def test_midnight_makes_a_new_day_and_keeps_yesterday(ring: KeyRing, clock: FakeClock) -> None:
    first = ring.today
    clock.advance(hours=14, minutes=30)
    assert ring.turn(clock.now()) == ()
    assert days_of(ring) == ["2026-11-24", "2026-11-23"]
    assert ring.of(date(2026, 11, 23)) is first


def test_the_second_midnight_forgets_the_first_day(ring: KeyRing, runtime: Path, clock: FakeClock) -> None:
    secret = ring.today.key
    ring.turn(clock.advance(days=1))
    assert ring.turn(clock.advance(days=1)) == (date(2026, 11, 23),)
    assert days_of(ring) == ["2026-11-25", "2026-11-24"]
    assert not any(secret in path.read_bytes() for path in runtime.iterdir())


def test_keys_that_outlived_a_long_stop_are_forgotten_at_start(
    ring: KeyRing, runtime: Path, clock: FakeClock
) -> None:
    assert ring.days
    clock.advance(days=5)
    assert days_of(open_ring(runtime, clock)) == ["2026-11-28"]
    assert [path.name for path in runtime.iterdir()] == ["2026-11-28.day"]


@pytest.mark.parametrize("back", [1, 2, 30])
def test_a_clock_that_goes_back_revives_nothing(
    ring: KeyRing, runtime: Path, clock: FakeClock, back: int
) -> None:
    ring.turn(clock.advance(days=1))
    ring.turn(clock.advance(days=1))
    before = ring.days
    clock.advance(days=-back)
    assert ring.turn(clock.now()) == ()
    assert ring.days == before
    assert open_ring(runtime, clock).days == before


def test_a_clock_that_leaps_forward_forgets_everything_older(ring: KeyRing, clock: FakeClock) -> None:
    ring.turn(clock.advance(days=400))
    assert len(ring.days) == 1


def test_a_second_process_uses_the_same_keys(ring: KeyRing, runtime: Path, clock: FakeClock) -> None:
    other = open_ring(runtime, clock)
    clock.advance(days=1)
    ring.turn(clock.now())
    other.turn(clock.now())
    assert other.today == ring.today


def test_a_half_written_key_is_replaced(runtime: Path, clock: FakeClock) -> None:
    runtime.mkdir()
    (runtime / "2026-11-23.day").write_bytes(b"VDK1 half")
    assert len(open_ring(runtime, clock).today.key) == 32


def test_panic_leaves_no_key(ring: KeyRing, runtime: Path) -> None:
    ring.forget_everything()
    assert list(runtime.iterdir()) == []
    assert ring.days == ()


def test_no_repr_shows_a_key(ring: KeyRing) -> None:
    shown = f"{ring!r} {ring.today!r}"
    for secret in (ring.today.key, ring.today.pepper):
        assert secret.hex() not in shown
        assert repr(secret) not in shown


def test_a_folder_on_disk_is_refused_with_a_remedy(tmp_path: Path) -> None:
    mounts = write_mounts(tmp_path, "ext4")
    with pytest.raises(RuntimeDirectoryRefused, match="--allow-disk-runtime"):
        check_memory(tmp_path / "runtime", mounts=mounts)


def test_a_folder_on_disk_may_be_allowed_with_a_warning(tmp_path: Path) -> None:
    warning = check_memory(tmp_path / "runtime", allow_disk=True, mounts=write_mounts(tmp_path, "ext4"))
    assert warning is not None
    assert "48 hours" in warning


@pytest.mark.parametrize("kind", ["tmpfs", "ramfs"])
def test_a_folder_in_memory_is_taken_without_a_word(tmp_path: Path, kind: str) -> None:
    assert check_memory(tmp_path / "runtime", mounts=write_mounts(tmp_path, kind)) is None


def test_the_later_of_two_mounts_counts(tmp_path: Path) -> None:
    mounts = write_mounts(tmp_path, "tmpfs")
    with mounts.open("a") as file:
        file.write(f"disk {tmp_path} ext4 rw 0 0\n")
    assert find_filesystem(tmp_path, mounts=mounts) == "ext4"


def test_a_kernel_that_does_not_tell_is_not_trusted(tmp_path: Path) -> None:
    with pytest.raises(RuntimeDirectoryRefused):
        check_memory(tmp_path, mounts=tmp_path / "nothing")


def test_a_link_in_place_of_the_folder_is_refused(tmp_path: Path, runtime: Path, clock: FakeClock) -> None:
    (tmp_path / "elsewhere").mkdir()
    runtime.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RuntimeDirectoryRefused, match="link"):
        open_ring(runtime, clock)


def test_keys_that_cannot_be_overwritten_are_told_in_a_sentence_and_tried_again(
    ring: KeyRing, runtime: Path, clock: FakeClock
) -> None:
    """A storage error is waited out; any other would end the bot."""
    old = runtime / "2026-11-23.day"
    kept = old.rename(runtime / "kept")
    old.symlink_to(kept)
    clock.advance(hours=48)
    with pytest.raises(RuntimeDirectoryRefused, match="cannot be overwritten"):
        ring.turn(clock.now())
    old.unlink()
    assert ring.turn(clock.now()) == (date(2026, 11, 23),)
    assert days_of(ring) == ["2026-11-25"]


def test_shredding_overwrites_before_it_removes(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(b"secret" * 10)
    with path.open("rb") as still_open:
        shred(path)
        assert still_open.read() == bytes(60)
    assert not path.exists()


def write_mounts(tmp_path: Path, kind: str) -> Path:
    """A /proc/mounts in which `tmp_path` lies on this file system."""
    mounts = tmp_path / "mounts"
    mounts.write_text(f"root / ext4 rw 0 0\nsome {tmp_path} {kind} rw,nosuid 0 0\nproc /proc proc rw 0 0\n")
    return mounts


@pytest.mark.skipif(not os.access("/dev/shm", os.W_OK), reason="no /dev/shm here")
def test_the_real_memory_of_this_machine_is_recognised() -> None:
    assert find_filesystem(Path("/dev/shm")) == "tmpfs"


def test_keys_are_made_from_the_chance_that_was_given(tmp_path: Path, clock: FakeClock) -> None:
    ring = KeyRing.open(tmp_path / "r", now=clock.now(), allow_disk=True, random=lambda size: b"\x07" * size)
    assert ring.today.key == b"\x07" * 32
    assert ring.today.made + timedelta(0) == clock.now()


def test_a_place_on_a_disk_is_refused_unless_allowed_and_warned_of_then(
    on_disk: Path, clock: FakeClock
) -> None:
    with pytest.raises(RuntimeDirectoryRefused, match="does not lie in memory"):
        KeyRing.open(on_disk / "keys", now=clock.now())
    assert "does not lie in memory" in str(open_ring(on_disk / "keys", clock).warning)


def test_the_day_is_that_of_utc_wherever_the_machine_and_its_clock_are(
    runtime: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    request.addfinalizer(time.tzset)  # after the variable is what it was
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    far = datetime(2026, 11, 24, 1, 30, tzinfo=timezone(timedelta(hours=9)))
    ring = KeyRing.open(runtime, now=far, allow_disk=True)
    assert ring.today.day == date(2026, 11, 23)
    assert ring.today.made.utcoffset() == timedelta(0)


def test_a_whole_file_with_another_magic_word_is_no_key(runtime: Path, clock: FakeClock) -> None:
    runtime.mkdir()
    foreign = b"VDK2" + bytes(72)
    (runtime / "2026-11-23.day").write_bytes(foreign)
    assert open_ring(runtime, clock).today.key != bytes(32)


def test_the_repr_of_a_ring_shows_its_days(ring: KeyRing) -> None:
    assert repr(ring) == "KeyRing(['2026-11-23'])"
