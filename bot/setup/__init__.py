"""Setting an instance up: the questions of `vestka init`, asked or read from a file."""
