"""Says of every bytecode file below a folder whether Python could load it.

Writes {"files": count, "broken": [{"path", "message"}], "drafts": [path]} to standard output; drafts are the half-written
files that a writer leaves which was stopped before it could rename them. Paths are relative to the root of the sources, which
the folder repeats in it.
"""
import json
import marshal
import os
import re
import sys

HEADER = 16
DRAFT = re.compile(r"\.pyc\.\d+$|\.pyc\..*tmp$")


def problem_of(path):
    try:
        with open(path, "rb") as file:
            data = file.read()
        if len(data) < HEADER:
            return "%d bytes" % len(data)
        marshal.loads(data[HEADER:])
    except Exception as error:
        return "%s: %s" % (type(error).__name__, error)
    return None


def main(folder, root):
    def shown(path):
        return path[len(folder) :].split(root + os.sep, 1)[-1].lstrip(os.sep)

    found = {"files": 0, "broken": [], "drafts": []}
    for parent, _, names in os.walk(folder):
        for name in sorted(names):
            path = os.path.join(parent, name)
            if DRAFT.search(name):
                found["drafts"].append(shown(path))
            elif name.endswith(".pyc"):
                found["files"] += 1
                problem = problem_of(path)
                if problem is not None:
                    found["broken"].append({"path": shown(path), "message": problem})
    json.dump(found, sys.stdout)


main(*sys.argv[1:3])
