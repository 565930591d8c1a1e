"""What can go wrong while sealing, split by whose fault it is.

    SealingError
    ├── CannotOpen            the bytes or the keys do not fit; one sentence, never a cause
    ├── BadSignature          a signature does not belong to these bytes
    ├── CannotSeal            the caller asked for something the format does not hold
    │   ├── BodyTooLong       the text is longer than its largest bucket
    │   └── NobodyToSealTo    no valid moderator and no recovery key
    ├── BadKeyText            a person mistyped or cut off a key
    ├── KeyfileError          a key file, or its passphrase
    │   ├── WrongPassphrase
    │   ├── WeakKeyfile
    │   ├── DamagedKeyfile
    │   └── NotEnoughMemory   this machine cannot run the file's Argon2id
    ├── RosterRefused         the roster is altered, old, or not signed by the root
    ├── ResealRefused         resealed objects are altered, or not for this roster
    └── BackendRefused        this installation cannot do the cryptography

Messages are sentences for a person and never hold a key, an account or a text.
"""


class SealingError(Exception):
    """The parent of everything this package raises on purpose."""


class CannotOpen(SealingError):
    """The object does not open with these keys, for whatever reason."""


class BadSignature(SealingError):
    """The signature does not belong to these bytes and this key."""


class CannotSeal(SealingError):
    """The caller asked for something the format does not hold."""


class BodyTooLong(CannotSeal):
    """The body is longer than the largest bucket of its kind."""


class NobodyToSealTo(CannotSeal):
    """There is no recipient, so sealing would destroy the text."""


class BadKeyText(SealingError):
    """A key in text form is mistyped, cut off or of another sort."""


class KeyfileError(SealingError):
    """Something is wrong with a key file or its passphrase."""


class WrongPassphrase(KeyfileError):
    """The passphrase does not open this key file."""


class WeakKeyfile(KeyfileError):
    """The key file's passphrase could be guessed too cheaply."""


class DamagedKeyfile(KeyfileError):
    """The bytes are not a whole key file."""


class NotEnoughMemory(KeyfileError):
    """The machine has too little memory for the key file's cost."""


class RosterRefused(SealingError):
    """The roster must not be obeyed."""


class ResealRefused(SealingError):
    """Resealed objects must not take the place of those that are here."""


class BackendRefused(SealingError):
    """The cryptographic libraries here do not give the known answers."""
