"""Figures: one command each, beside their rivals in the same run. `python -m bench NAME [--json]`."""
