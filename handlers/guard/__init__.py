"""Decides whether the moderators' group may be written to: facts, rules, and what follows from both."""
