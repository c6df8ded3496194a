"""Imports test files as pytest does, but without pytest: each one first in a fresh interpreter, and all of them one after the other.

Reads {"root": folder, "files": [relative paths]} from standard input, and writes {"inOrder": [...], "alone": [...]}, which say
of each file, in the order given, what it died of: {"type", "message"} or null. A fork of an interpreter that has imported
nothing yet is as good as a fresh one, and far cheaper.
"""
import importlib
import json
import os
import sys


def import_file(root, path):
    folder, name = os.path.split(os.path.join(root, path))
    if sys.path[0] != folder:
        sys.path.insert(0, folder)
    try:
        importlib.import_module(os.path.splitext(name)[0])
    except Exception as error:
        return {"type": type(error).__name__, "message": str(error)}
    return None


def in_a_fork(ask):
    """What `ask` returns there, or how the fork ended without an answer."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reading)
            # What the files print is no answer.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            with os.fdopen(writing, "w") as answer:
                json.dump(ask(), answer)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        text = answer.read()
    status = os.waitpid(pid, 0)[1]
    return json.loads(text) if text else {"type": "no answer", "message": "wait status %d" % status}


def main():
    asked = json.load(sys.stdin)
    root, files = asked["root"], asked["files"]
    alone = [in_a_fork(lambda path=path: import_file(root, path)) for path in files]
    in_order = in_a_fork(lambda: [import_file(root, path) for path in files])
    if isinstance(in_order, dict):
        in_order = [in_order for _ in files]
    json.dump({"inOrder": in_order, "alone": alone}, sys.stdout)


main()
