"""What `handlers` refuses, by whose fault it is.

    HandlersError
    ├── PackRefused        the author of a country pack: names file and key
    ├── CatalogueRefused   the translator: names language and file
    └── UnknownText        ours: a sentence was asked for that no catalogue has

What a reporter writes is never an error: it is answered kindly (`handlers.intake.misreads`). Messages here
hold keys and file names, never a word somebody wrote to us.
"""

from __future__ import annotations


class HandlersError(Exception):
    """Base; never raised by itself."""


class PackRefused(HandlersError):
    """A country pack does not hold together."""


class CatalogueRefused(HandlersError):
    """A Fluent catalogue cannot be read."""


class UnknownText(HandlersError):
    """No catalogue has this sentence."""
