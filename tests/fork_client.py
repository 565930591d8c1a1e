"""`vestka` as a shell script starts it: hands its command to the server at the socket that is named first.

Started without Python's own site: it must cost next to nothing.
"""

import json
import os
import socket
import sys

os.umask(mask := os.umask(0o077))
with socket.socket(socket.AF_UNIX) as line:
    line.connect(sys.argv[1])
    here = os.getcwd()  # noqa: PTH109  (importing pathlib costs as much as all the rest)
    line.sendall(json.dumps([sys.argv[2:], dict(os.environ), here, mask]).encode() + b"\n")
    status, out, err = json.load(line.makefile())
sys.stdout.buffer.write(out.encode())
sys.stderr.buffer.write(err.encode())
sys.exit(status)
