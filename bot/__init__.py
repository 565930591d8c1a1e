"""TALKS: networks, the loop, timers and the command line. Everything that awaits lives here."""
