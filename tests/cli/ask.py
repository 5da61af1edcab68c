# SPDX-License-Identifier: GPL-3.0-or-later
# ask.py PORT METHOD TARGET [HEADER...] - sends a request to 127.0.0.1 as it is told and
# prints what comes back: the status, then headers in lower case, an empty line, the body.
# No Host is added: `-` as METHOD sends TARGET as it is, escapes read.
import socket
import sys

port, method, target, *headers = sys.argv[1:]
host = "127.0.0.1"
if port.startswith("["):
    host, _, port = port[1:].partition("]:")
s = socket.create_connection((host, int(port)), timeout=30)
if method == "-":
    s.sendall(target.encode().decode("unicode_escape").encode("latin-1"))
else:
    lines = [f"{method} {target} HTTP/1.1", *headers, "Connection: close", "", ""]
    s.sendall("\r\n".join(lines).encode())
data = b""
try:
    while piece := s.recv(65536):
        data += piece
except ConnectionError:
    pass
head, _, body = data.partition(b"\r\n\r\n")
first, *rest = head.decode("latin-1").split("\r\n")
print(first.split(" ")[1] if first else "nothing")
for line in rest:
    name, _, value = line.partition(":")
    print(name.lower() + ":" + value)
print(flush=True)
sys.stdout.buffer.write(body)
