"""An independent answer to what `buildPythonGraph` finds, by CPython's own parser.

    python import_reference.py FOLDER [--output FILE] [--summary]

Prints one JSON object: `records` holds for every file each import as written, `edges` each import that names a module
below FOLDER, `broken` the files that CPython cannot parse, `components` the strongly connected components of what an
import may execute. Standard library only, Python 3.8 or later. Shares no code and no data with the scanner.
"""

import argparse
import json
import os
import sys

# The modules beside this one are found whatever the environment says, and leave nothing behind.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

from components import components
from file_reference import FileReference
from source_tree import Tree

IMPORT_TIME = ("module", "class", "conditional", "try")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--output")
    parser.add_argument("--summary", action="store_true", help="print counts only")
    arguments = parser.parse_args()
    sys.setrecursionlimit(20000)
    tree = Tree(os.path.abspath(arguments.folder))
    records, edges, broken, successors = {}, [], {}, {}

    def relative(path):
        return os.path.relpath(path, tree.root)

    for path in sorted(tree.sources):
        try:
            found = FileReference(path).records
        except (SyntaxError, ValueError, RecursionError, MemoryError) as problem:
            broken[relative(path)] = "{}: {}".format(type(problem).__name__, problem)
            continue
        records[relative(path)] = found
        for kind, form, level, module, name, line, column, statement_line in found:
            target = tree.target(path, form, level, module, name)
            if target is None:
                continue
            if path.endswith(".pyi"):
                kind = "type-checking"  # CPython never reads a stub
            edge = [relative(path), relative(target), kind, form, line, column, statement_line]
            edges.append(edge)
            if kind in IMPORT_TIME:
                successors.setdefault(edge[0], set()).add(edge[1])
    knots = components([relative(path) for path in sorted(tree.sources)], successors)
    version = "{}.{}.{}".format(*sys.version_info)
    if arguments.summary:
        result = {
            "files": len(tree.sources),
            "records": sum(map(len, records.values())),
            "edges": len(edges),
            "broken": len(broken),
            "knots": len(knots),
        }
    else:
        result = {"records": records, "edges": edges, "broken": broken, "components": knots}
    result["version"] = version
    if arguments.output:
        with open(arguments.output, "w", encoding="utf-8", errors="surrogateescape") as stream:
            json.dump(result, stream)
    else:
        json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
