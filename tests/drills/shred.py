"""Shredding: what was deleted or has had its time cannot be read from the medium again.

File systems in files, mounted where only this drill sees them. Afterwards the raw images are searched, freed
blocks and journal included. Ciphertext may be left there, and how much is told: no program can take it out of
freed blocks, flash memory or snapshots. That is why the volatile keys die, and not the bytes alone.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from tests.drills.canaries import Search
from tests.drills.drill import Drill, Outcome, Show, Size, Sizes
from tests.drills.shredding import by_canary, make_tellers, search_for
from tests.rig import ROOT, environment

_PROGRAMS = ("unshare", "mount", "umount", "mkfs.ext4", "losetup")
_INSIDE = 'mount -o loop "$1" "$2" || exit; folder=$2; shift 2; "$@"; ended=$?; umount "$folder"; exit $ended'


class Refused(Exception):
    """Why nothing can be mounted here."""


def _check() -> None:
    if os.geteuid() != 0:
        raise Refused("only root may mount a file system")
    if missing := [name for name in _PROGRAMS if shutil.which(name) is None]:
        raise Refused(f"not installed: {', '.join(missing)}")


def _run(*command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )


def _live(image: Path, sizes: Sizes, *modes: str) -> dict[str, Any]:
    """Make an image and let instances live on it, one after the other; what they tell.

    :raises Refused: nothing can be mounted here.
    """
    place = image.with_suffix(".mounted")
    place.mkdir()
    with image.open("wb") as file:
        file.truncate(sizes["mib"] << 20)
    made = _run("mkfs.ext4", "-q", "-F", image)
    if made.returncode:
        raise Refused(f"no file system could be made: {made.stderr.strip()}")
    life = (
        sys.executable,
        "-m",
        "tests.drills.shredding",
        place,
        str(sizes["people"]),
        str(sizes.seed),
        *modes,
    )
    lived = _run(
        "unshare", "--mount", "--propagation", "private", "sh", "-c", _INSIDE, "sh", image, place, *life
    )
    if lived.returncode and ("mount: " in lived.stderr or "unshare: " in lived.stderr):
        raise Refused(f"mounting is refused here: {lived.stderr.strip().splitlines()[-1]}")
    if lived.returncode:
        raise RuntimeError(lived.stderr)
    told: dict[str, Any] = json.loads(lived.stdout)
    return told


def _words_on(image: Path, mode: str, sizes: Sizes) -> Counter[str]:
    people = make_tellers(mode, people=sizes["people"], seed=sizes.seed)
    return by_canary(search_for(people).in_file(image))


def _ciphertext_on(image: Path, told: dict[str, Any]) -> Counter[str]:
    markers = {tier: map(bytes.fromhex, some) for tier, some in told["markers"].items()}
    return by_canary(Search(markers).in_file(image))


def _judge(told: dict[str, Any], raw: dict[str, Counter[str]], sizes: Sizes) -> Outcome:
    sealed, unemptied = told["sealed"], told["unemptied"]
    figures = {
        "image_bytes": sizes["mib"] << 20,
        "canaries_on_the_image": raw["sealed"].total(),
        "ciphertext_written": sum(map(len, sealed["markers"].values())),
        "ciphertext_in_the_database_files": sealed["swept"],
        "ciphertext_left_on_the_image": raw["markers"],
        "rows_tried": sealed["tried"],
        "rows_the_keys_left_open": sealed["opened"],
        "rows_left": sealed["rows_left"],
        "said": "what is left in freed blocks no program reaches: volatile rows died with their key, "
        "rows of cases open as long as the operator's key does, sealed ones for the holders of keys",
    }
    faults = [
        fault
        for fault, broken in {
            "a word or an account is readable on the raw medium": raw["sealed"].total(),
            "ciphertext is left in the database's files after the sweep": sum(sealed["swept"].values()),
            "a row outlived its time": sealed["rows_left"],
            "a volatile row opens after its day": sealed["opened"].get("volatile", 0),
            "a sealed report opens with a key of the server": sealed["opened"].get("sealed", 0),
        }.items()
        if broken
    ]
    control = {
        "canaries_on_the_image_unsealed": dict(raw["plain"]),
        "ciphertext_in_the_files_before_the_log_is_emptied": unemptied["swept"],
        "ciphertext_in_the_files_while_kept": sealed["kept"],
    }
    fired = (
        set(raw["plain"]) == {"account", "name", "story"}
        and set(unemptied["swept"]) == set(sealed["kept"]) == {"volatile", "operator", "sealed"}
    )  # fmt: skip
    return Outcome(figures, faults, control=control, fired=fired)


def _hold(folder: Path, sizes: Sizes, show: Show) -> Outcome:
    """Make, mount, live, search."""
    _check()
    told: dict[str, Any] = {}
    lives = {"sealed": ("sealed",), "plain": ("unemptied", "plain")}
    for name, modes in show.each(lives.items(), "living on the medium", total=len(lives)):
        told |= _live(folder / f"{name}.image", sizes, *modes)
    raw = {name: _words_on(folder / f"{name}.image", name, sizes) for name in lives}
    raw["markers"] = _ciphertext_on(folder / "sealed.image", told["sealed"])
    return _judge(told, raw, sizes)


async def hold(sizes: Sizes, show: Show) -> Outcome:
    """In a folder that goes away afterwards; skipped where mounting is refused."""
    with tempfile.TemporaryDirectory(prefix="vestka-shred-") as name:
        try:
            return await asyncio.to_thread(_hold, Path(name), sizes, show)
        except Refused as reason:
            return Outcome({}, skipped=str(reason))


DRILL = Drill(
    "shred",
    "What was deleted or has had its time is nowhere readable, and not even ciphertext in the database.",
    {
        "people": Size(16, 2_000, "people who tell; at most 16 of them in the controls"),
        "mib": Size(48, 1_024, "size of each medium"),
    },
    hold,
)
