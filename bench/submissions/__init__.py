"""Finished reports: what is handed in, who keeps it, how that is timed, and whether all of it was kept."""
