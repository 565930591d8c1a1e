"""A crowd of scripted people behind a Bot API of its own, in a process of its own: the load of every bench.

Written by hand on bare sockets, so that it costs far less than any bot: `python -m bench load` shows it.
"""
