"""storage KEEPS: sealing (bytes in, bytes out), tables, one transaction per batch of updates."""
