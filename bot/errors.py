"""What stops a command or the bot, by whose fault it is. Each message is a sentence that says what to do.

VestkaError
├── SettingsRefused      the operator's settings file
├── PassphraseRefused    the passphrase, or the way it was given
├── KeyRefused           a key file that cannot be used
├── InputRefused         a file or argument given to a command
└── NotReady             the instance cannot start yet; says which step is missing
"""

from __future__ import annotations


class VestkaError(Exception):
    """Base of what a command says before it ends; raise one of the others."""


class SettingsRefused(VestkaError):
    """The settings file is missing, unreadable or has an unknown key."""


class PassphraseRefused(VestkaError):
    """No passphrase could be read, or it is too weak for a new key."""


class KeyRefused(VestkaError):
    """A key file cannot be used."""


class InputRefused(VestkaError):
    """A file or argument given to a command cannot be used."""


class NotReady(VestkaError):
    """Something must be done before the bot can start."""
