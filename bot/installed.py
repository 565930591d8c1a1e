"""Becomes `vestka/__main__.py` inside the wheel, where the three folders lie beside it.

Vestka is a program, not a library: its folders go on the import path of this process only. In a checkout
nothing lies beside this file, and the folders are found the ordinary way.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    """Start the command line, from the wheel or from a checkout."""
    here = Path(__file__).resolve().parent
    if (here / "bot").is_dir():
        sys.path.insert(0, str(here))
    from bot.__main__ import main as start

    start()


if __name__ == "__main__":
    main()
