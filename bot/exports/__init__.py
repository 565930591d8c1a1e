"""The files of an opened digest, one module per form. They render; `handlers.sharing` has decided before."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from bot.exports.wording import Wording
from handlers.sharing.digest import Digest


def writers_for(digest: Digest, wording: Wording) -> Mapping[str, Callable[[Path], None]]:
    """How to write each file of an opened digest, by its name."""
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it tells where it would rather keep its cache
    from bot.exports.csv_file import write_csv
    from bot.exports.html import write_html
    from bot.exports.json_file import write_json
    from bot.exports.xlsx import write_xlsx

    table = {
        "digest.xlsx": write_xlsx,
        "digest.csv": write_csv,
        "digest.json": write_json,
        "digest.html": write_html,
    }
    return {name: partial(write, digest, wording) for name, write in table.items()}
