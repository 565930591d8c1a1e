"""Drills: the promises of docs/threat-model.md, broken on purpose; each with a control that must go red.

`python -m tests.drills NAME [--large] [--OPTION N] [--json]`; `python -m tests.drills` lists them.
"""
