"""`seal`: what sealing costs, against its primitives alone."""

from __future__ import annotations

from functools import partial

from bench.bench import Bench, Options, Told
from bench.cells import OPTIONS, Cell, Ways, hold
from bench.rivals import bare_seals
from storage.sealing import open_sealed, seal
from storage.sealing.envelope import GROUP
from storage.sealing.padding import padded_size
from tests.drills.drill import Show
from tests.storage.sealing.people import EPOCH, RECOVERY, set_of


def run(options: Options, show: Show) -> Told:
    """Both ways in every cell."""
    return hold(options, show, _make)


def _make(cell: Cell) -> Ways:
    to, body = set_of(cell.readers - 1), cell.body
    ours = partial(seal, cell.kind, body, object_id=bytes(16), epoch=EPOCH, to=to)
    bare = partial(
        bare_seals.seal,
        body,
        [bare_seals.load_public(recipient.public) for recipient in to.recipients],
        dummies=-cell.readers % GROUP,
        padded=padded_size(cell.kind, cell.size),
    )
    sealed, reader = bare(), bare_seals.load_private(RECOVERY.seed)
    faults = {
        "a holder reads something else than was sealed": open_sealed(ours().data, [RECOVERY]).body != body,
        "the primitives lose something": bare_seals.unseal(sealed, reader)[: len(body)] != body,
    }
    return Ways(ours, bare, 1, [fault for fault, found in faults.items() if found])


BENCH = Bench("seal", "What does sealing cost above its primitives?", OPTIONS, run)
