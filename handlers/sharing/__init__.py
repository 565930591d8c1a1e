"""What leaves the house: consent, digest, tables."""
