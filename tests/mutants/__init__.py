"""Does a test notice? The code that matters most is changed in thousands of places, one at a time.

`python -m tests.mutants [GROUP …] [--json]`: how many changes the tests of each group notice, and which they
do not. Survivors are explained one by one in docs/mutants.md; one that is not there fails the run.
`python -m tests.mutants --coverage`: which branches the same tests take.
"""
