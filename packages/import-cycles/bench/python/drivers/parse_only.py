"""Parses every source below the working folder with CPython's `ast`, and does nothing with it: what every tool on `ast` costs."""

import ast
import json
import os
import warnings

warnings.simplefilter("ignore")
files = 0
for folder, _, names in os.walk("."):
    for name in names:
        if name.endswith(".py"):
            files += 1
            with open(os.path.join(folder, name), "rb") as stream:
                try:
                    ast.parse(stream.read())
                except (SyntaxError, ValueError):
                    pass
print(json.dumps({"files": files}))
