"""`open`: what opening with one key costs, against the primitives alone on the very same files."""

from __future__ import annotations

from bench.bench import Bench, Options, Told
from bench.cells import OPTIONS, Cell, Ways, hold
from bench.rivals import bare_seals
from bench.rivals.bare_seals import BareSeal
from storage.sealing import open_sealed, seal
from storage.sealing.age import NONCE
from storage.sealing.recipients import HYBRID, read_stanza
from storage.sealing.stanzas import Header, parse_header
from tests.drills.drill import Show
from tests.storage.sealing.people import EPOCH, RECOVERY, set_of


def run(options: Options, show: Show) -> Told:
    """Both ways in every cell."""
    return hold(options, show, _make)


def _make(cell: Cell) -> Ways:
    """Files with the reader's stanza at each place once: how many are tried in vain is the same for both."""
    files, body, reader = _files(cell), cell.body, bare_seals.load_private(RECOVERY.seed)
    split = [_split(data) for data in files]

    def ours() -> list[bytes]:
        return [open_sealed(data, [RECOVERY]).body for data in files]

    def bare() -> list[bytes]:
        return [bare_seals.unseal(one, reader) for one in split]

    faults = {
        "a holder reads something else than was sealed": set(ours()) != {body},
        "the primitives read something else": {frame[-len(body) :] for frame in bare()} != {body},
    }
    return Ways(ours, bare, len(files), [fault for fault, found in faults.items() if found])


def _files(cell: Cell) -> list[bytes]:
    to, files, places = set_of(cell.readers - 1), dict[int, bytes](), 1
    while len(files) < places:
        data = seal(cell.kind, cell.body, object_id=bytes(16), epoch=EPOCH, to=to).data
        wrapped = _wrapped(parse_header(data))
        places = len(wrapped)
        files[next(at for at, one in enumerate(wrapped) if RECOVERY.unwrap(one) is not None)] = data
    return list(files.values())


def _split(data: bytes) -> BareSeal:
    """A file as its primitives see it."""
    header = parse_header(data)
    begin = header.end + NONCE
    return BareSeal(_wrapped(header), header.signed, header.mac, data[header.end : begin], data[begin:])


def _wrapped(header: Header) -> list[bytes]:
    return [read_stanza(stanza) for stanza in header.stanzas if stanza.name == HYBRID]


BENCH = Bench("open", "What does opening with one key cost above its primitives?", OPTIONS, run)
