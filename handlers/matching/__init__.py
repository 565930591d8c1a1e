"""Whether two reports may be about one person: by how names sound, whatever letters they are written in."""
