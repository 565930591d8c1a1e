"""What sharing refuses, by whose fault it is.

SharingError
└── BundleRefused   the bytes are not a digest bundle this version can read
"""

from __future__ import annotations


class SharingError(Exception):
    """Base of what this folder refuses; messages are sentences and hold nobody's words."""


class BundleRefused(SharingError):
    """A bundle is damaged, or was made by a newer version."""
