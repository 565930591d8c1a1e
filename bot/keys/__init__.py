"""Keys on the machines of people: files, passphrases, public cards, rosters, and who opens what."""
