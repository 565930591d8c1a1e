"""Sealing: bytes in, bytes out. It knows no database, no network and no handlers.

The bytes are docs/format.md. Three things to know:

* `seal` takes a `SealingSet`, which only `sealing_set` makes, from a roster which only `verify_roster` makes.
* Opening returns everything or raises `CannotOpen`, one sentence without a cause.
* `check_backend` runs once at start; a process that skips it may find out at the first report.
"""

from storage.sealing import canonical
from storage.sealing.audit import AUDIT_START, audit_hash, sign_head
from storage.sealing.blind import blind
from storage.sealing.drafts import open_draft, open_record, seal_draft, seal_record
from storage.sealing.envelope import open_sealed, seal
from storage.sealing.errors import (
    BackendRefused,
    BadKeyText,
    BadSignature,
    BodyTooLong,
    CannotOpen,
    CannotSeal,
    DamagedKeyfile,
    KeyfileError,
    NobodyToSealTo,
    NotEnoughMemory,
    ResealRefused,
    RosterRefused,
    SealingError,
    WeakKeyfile,
    WrongPassphrase,
)
from storage.sealing.keyfile import DEFAULT, FLOOR, Cost, lock, unlock
from storage.sealing.keys import IdentityKey, Key, RecoveryKey, RootKey, key_from_content
from storage.sealing.kinds import REPORTS, Flag, Kind, Opened, Sealed
from storage.sealing.labels import Label, read_label
from storage.sealing.members import ROLES, Member, Voucher
from storage.sealing.recipients import Identity, Recipient
from storage.sealing.resealing import RESEALERS, Resealed, Reseals, read_reseals, write_reseals
from storage.sealing.roster import RootSignature, Roster, sign_roster
from storage.sealing.sealing_set import SealingSet, day_of, epoch_of, sealing_set
from storage.sealing.selfcheck import check_backend
from storage.sealing.signatures import SigningKey, check_seal, sign_seal
from storage.sealing.verified import VerifiedRoster, verify_roster
from storage.sealing.vouching import VOUCHERS, check_successor, vouch

__all__ = [
    "AUDIT_START",
    "DEFAULT",
    "FLOOR",
    "REPORTS",
    "RESEALERS",
    "ROLES",
    "VOUCHERS",
    "BackendRefused",
    "BadKeyText",
    "BadSignature",
    "BodyTooLong",
    "CannotOpen",
    "CannotSeal",
    "Cost",
    "DamagedKeyfile",
    "Flag",
    "Identity",
    "IdentityKey",
    "Key",
    "KeyfileError",
    "Kind",
    "Label",
    "Member",
    "NobodyToSealTo",
    "NotEnoughMemory",
    "Opened",
    "Recipient",
    "RecoveryKey",
    "ResealRefused",
    "Resealed",
    "Reseals",
    "RootKey",
    "RootSignature",
    "Roster",
    "RosterRefused",
    "Sealed",
    "SealingError",
    "SealingSet",
    "SigningKey",
    "VerifiedRoster",
    "Voucher",
    "WeakKeyfile",
    "WrongPassphrase",
    "audit_hash",
    "blind",
    "canonical",
    "check_backend",
    "check_seal",
    "check_successor",
    "day_of",
    "epoch_of",
    "key_from_content",
    "lock",
    "open_draft",
    "open_record",
    "open_sealed",
    "read_label",
    "read_reseals",
    "seal",
    "seal_draft",
    "seal_record",
    "sealing_set",
    "sign_head",
    "sign_roster",
    "sign_seal",
    "unlock",
    "verify_roster",
    "vouch",
    "write_reseals",
]
