"""What goes wrong while keeping, by whose fault it is. No message holds a text, an account, a token or a key.

StorageError
├── OperatorMustAct            stop, and say what to do
│   ├── RuntimeDirectoryRefused   the volatile keys would not be volatile, or not private
│   ├── SecretsRefused            the secrets file: missing, wrong passphrase, damaged, already there
│   ├── CaseKeyRefused            this database was made with another secrets file
│   ├── DatabaseUnreachable       it cannot be opened at all
│   ├── SchemaTooNew              a newer Vestka has worked on this database
│   ├── MoveRefused               everything cannot be taken there; nothing was moved
│   └── KeepFailed                nothing of this batch was kept (disk full, connection lost): try again
├── Conflict                   somebody was faster: decide again
│   ├── CodeTaken                 another case has this code
│   └── Stale                     the case has changed, or is gone, since it was read
├── LeaseLost                  this worker was taken for dead: nothing of the batch was kept; begin anew
└── Misused                    our own mistake: a value that has no place in its column
"""

from __future__ import annotations


class StorageError(Exception):
    """Base; raise one of the others."""


class OperatorMustAct(StorageError):
    """The operator has to do what the message says."""


class RuntimeDirectoryRefused(OperatorMustAct):
    """The runtime directory does not lie in memory, or others could read it."""


class SecretsRefused(OperatorMustAct):
    """The secrets file cannot be opened, or must not be overwritten."""


class CaseKeyRefused(OperatorMustAct):
    """The case key does not open what this database holds."""


class DatabaseUnreachable(OperatorMustAct):
    """The database cannot be opened."""


class SchemaTooNew(OperatorMustAct):
    """The database was changed by a newer version."""


class MoveRefused(OperatorMustAct):
    """The store cannot be moved or changed like this; nothing was, and everything is as it was."""


class KeepFailed(OperatorMustAct):
    """The database did not commit; nothing of the batch was kept, and it may be tried again."""


class Conflict(StorageError):
    """Somebody was faster."""


class CodeTaken(Conflict):
    """Another case has this code already; draw a new one."""


class Stale(Conflict):
    """The case is not what it was when it was read; read it again."""


class LeaseLost(StorageError):
    """Other workers took this one for dead and have its rooms; nothing of the batch was kept."""


class Misused(StorageError):
    """A value does not fit the column; the mistake is ours."""
