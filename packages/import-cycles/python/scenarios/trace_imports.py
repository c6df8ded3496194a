"""Import one module in this fresh interpreter and tell what CPython did, step by step.

    trace_imports.py FOLDER MODULE

Only modules below FOLDER are traced. Prints one JSON object: the steps in their order (`start` and `end` of a module
body, `again` for an import of a module whose body is still being executed), the time each body took without the
bodies it imported, and the error, if one came out.
"""

import builtins
import importlib
import json
import os
import sys
import time
import traceback
from importlib.machinery import SourceFileLoader

folder, entry = os.path.realpath(sys.argv[1]), sys.argv[2]

# What the traced modules print must not mix with the result.
channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)

steps = []
bodies = {}
running = []
execute_body = SourceFileLoader.exec_module
import_statement = builtins.__import__


def traced(spec):
    origin = getattr(spec, "origin", None)
    return isinstance(origin, str) and os.path.realpath(origin).startswith(folder + os.sep)


def exec_module(loader, module):
    if not traced(module.__spec__):
        return execute_body(loader, module)
    name = module.__name__
    body = bodies.setdefault(name, {"cpuNs": 0, "wallNs": 0})
    steps.append({"event": "start", "module": name})
    outer = running[-1] if running else None
    frame = {"cpuNs": 0, "wallNs": 0}
    running.append(frame)
    cpu, wall = time.process_time_ns(), time.perf_counter_ns()
    try:
        return execute_body(loader, module)
    finally:
        cpu, wall = time.process_time_ns() - cpu, time.perf_counter_ns() - wall
        running.pop()
        body["cpuNs"] += cpu - frame["cpuNs"]
        body["wallNs"] += wall - frame["wallNs"]
        if outer is not None:
            outer["cpuNs"] += cpu
            outer["wallNs"] += wall
        steps.append({"event": "end", "module": name})


def traced_import(name, globals=None, locals=None, fromlist=(), level=0):
    present = sys.modules.get(name) if level == 0 else None
    spec = getattr(present, "__spec__", None)
    if spec is not None and traced(spec) and getattr(spec, "_initializing", False):
        by = globals.get("__name__") if globals else None
        steps.append({"event": "again", "module": name, "by": by})
    return import_statement(name, globals, locals, fromlist, level)


SourceFileLoader.exec_module = exec_module
builtins.__import__ = traced_import
sys.path.insert(0, folder)
error = None
try:
    importlib.import_module(entry)
except BaseException as raised:  # what a module raises at import is the result, whatever it is
    frames = [f for f in traceback.extract_tb(raised.__traceback__) if f.filename.startswith(folder)]
    error = {
        "type": type(raised).__name__,
        "message": str(raised),
        "path": os.path.relpath(frames[-1].filename, folder) if frames else None,
        "line": frames[-1].lineno if frames else None,
    }

modules = [dict(body, name=name) for name, body in bodies.items()]
json.dump({"steps": steps, "modules": modules, "error": error}, channel)
channel.close()
