"""One file per command: read the arguments, call the rest, say the result in a sentence."""
