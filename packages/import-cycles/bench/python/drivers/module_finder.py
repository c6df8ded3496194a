"""Follows the imports of every module below the working folder with the standard library's `modulefinder`."""

import json
import modulefinder
import os
import sys
import warnings

warnings.simplefilter("ignore")
sys.setrecursionlimit(10000)
finder = modulefinder.ModuleFinder(path=["."])
for folder, _, names in os.walk("."):
    parts = [part for part in folder.split(os.sep) if part != "."]
    for name in sorted(names):
        if name.endswith(".py"):
            place = parts if name == "__init__.py" else parts + [name[:-3]]
            try:
                finder.import_hook(".".join(place))
            except Exception:
                pass  # Not importable, or not compilable by this Python.
print(json.dumps({"files": len(finder.modules)}))
