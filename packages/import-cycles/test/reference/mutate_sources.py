"""Writes mutated copies of real sources that CPython still accepts.

    python mutate_sources.py FOLDER OUTPUT COUNT SEED

Lines of each source are cut, joined, doubled, swapped and indented at random; what `ast` rejects is thrown away. The
copies are written as OUTPUT/m0.py, OUTPUT/m1.py and so on, in UTF-8 or the source's own encoding.
"""

import ast
import os
import random
import sys
import warnings

warnings.simplefilter("ignore")

SNIPPETS = [
    b"import a.b as c, d\n",
    b"from . import (x, # )\n  y)\n",
    b"if TYPE_CHECKING: from m import n\n",
    b"if not TYPE_CHECKING and x: pass\nelse: import e\n",
    b"try: import t\nexcept E: import u\n",
    b"x = f'{a!r:>{w}}' f\"{b['c']}\"\n",
    b"y = r'\\' # '\n",
    b"z = '''\n\"\"\"import no\n'''; import yes\n",
    b"class A: import ca; x = lambda: __import__('cb')\n",
    b"if __name__ == '__main__': import mm\n",
    b"w = [\n# ]\n1]; from .. import up\n",
    b"v = 1 \\\n  + 2\n",
    b"\x0cimport ff\n",
    b"def f(x=__import__('d1')): import d2\n",
]


def mutate(lines, chance):
    lines = list(lines)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(lines))
        kind = chance.randrange(8)
        if kind == 0:
            del lines[at : at + chance.randint(1, 5)]
        elif kind == 1:
            lines[at] = lines[at].rstrip(b"\r\n") + b"; " + lines[(at + 1) % len(lines)].lstrip()
        elif kind == 2:
            lines[at : at + 1] = [lines[at]] * 2
        elif kind == 3:
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        elif kind == 4:
            indent = lines[at][: len(lines[at]) - len(lines[at].lstrip(b" \t"))]
            lines.insert(at, indent + chance.choice(SNIPPETS).replace(b"\n", b"\n" + indent).rstrip(b" \t"))
        elif kind == 5:
            cut = chance.randrange(len(lines[at]) + 1)
            lines[at] = lines[at][:cut] + b"\n"
        elif kind == 6:
            lines[at] = lines[at].rstrip(b"\r\n") + chance.choice([b"\r\n", b"\r", b" # \"'''\n", b"\t\n"])
        else:
            block = lines[at : at + chance.randint(1, 12)]
            head = chance.choice([b"if x:\n", b"try:\n", b"with x:\n", b"class Q:\n", b"def q():\n", b"for i in x:\n"])
            tail = [b"finally: pass\n"] if head == b"try:\n" else []
            lines[at : at + len(block)] = [head] + [b" " + line for line in block] + tail
        if not lines:
            return []
    return lines


def main():
    folder, output, count, seed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    chance = random.Random(seed)
    paths = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - {"site-packages", "dist-packages", "__pycache__"})
        paths.extend(os.path.join(parent, name) for name in sorted(names) if name.endswith(".py"))
    written = 0
    while written < count:
        with open(chance.choice(paths), "rb") as stream:
            source = stream.read()
        if len(source) > 60000:
            continue
        for _ in range(20):
            mutated = b"".join(mutate(source.splitlines(True) or [b"\n"], chance))
            try:
                ast.parse(mutated)
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                continue
            with open(os.path.join(output, "m{}.py".format(written)), "wb") as stream:
                stream.write(mutated)
            written += 1
            break


if __name__ == "__main__":
    main()
