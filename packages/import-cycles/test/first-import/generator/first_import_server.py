"""Tries many first imports, each in a child forked from this bare interpreter.

    python first_import_server.py FIRST_IMPORT

A fork has imported nothing of the project either, and starts ten times faster than an interpreter; it is used to judge
thousands of generated modules, where nothing but imports happens. Reads requests from standard input (module, roots,
separated by NUL, a line each) and answers each with a line: the outcome as FIRST_IMPORT (the program first_import.py)
describes it, its line breaks written as \\2.
"""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:] = [entry for entry in sys.path if entry != HERE]

with open(sys.argv[1], encoding="utf-8") as _file:
    _program = {"__name__": "first_import"}
    exec(compile(_file.read(), "first_import.py", "exec"), _program)


def main():
    bare = list(sys.path)
    for line in sys.stdin.buffer:
        module, *roots = line.decode("utf-8").rstrip("\n").split("\0")
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            sys.path[:] = roots + bare
            outcome = _program["attempt"](module)
            data = _program["encode"](outcome).replace(b"\n", b"\2")
            while data:
                data = data[os.write(writer, data) :]
            os._exit(0)
        os.close(writer)
        parts = []
        while True:
            part = os.read(reader, 65536)
            if not part:
                break
            parts.append(part)
        os.close(reader)
        os.waitpid(child, 0)
        os.write(1, b"".join(parts) + b"\n")


main()
