"""DECIDES: use cases, not network callbacks.

Plain functions of (state, event, now) that return (state, effects). Nothing here awaits, reads a clock,
opens a file or draws a random number: what is needed is passed in. `bot` carries the effects out.
"""
