"""collect_main.py on a machine that is so many times slower than usual, as under valgrind.

    recorded_slowly.py TIMES ARGUMENTS OF COLLECT_MAIN...

What is worth a row is decided by time, so the recorder's thresholds grow with the time that everything takes: else more
would be counted than is done.
"""

import time

_STARTED = time.monotonic_ns() // 1000

import os
import sys
from importlib.machinery import ModuleSpec, SourceFileLoader

_NAME = "_seaworthy_collect"
_FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "python", "seaworthy_collect")
_THRESHOLDS = ("FRESH_TO_IMPORTS", "FRESH_TO_HOOKS", "WORTH_A_READING", "LEAST_TIME")

if __name__ == "__main__":
    del sys.path[0]
    path = os.path.join(_FOLDER, "__init__.py")
    spec = ModuleSpec(_NAME, SourceFileLoader(_NAME, path), origin=path, is_package=True)
    spec.submodule_search_locations[:] = [_FOLDER]
    module = type(sys)(_NAME)
    module.__spec__, module.__path__, module.__file__ = spec, [_FOLDER], path
    module.__loader__, module.__package__ = spec.loader, _NAME
    sys.modules[_NAME] = module

    from _seaworthy_collect import gauges

    for name in _THRESHOLDS:
        setattr(gauges, name, getattr(gauges, name) * int(sys.argv[1]))

    from _seaworthy_collect.bootstrap import main

    sys.exit(main(sys.argv[2:], started=_STARTED, safe_path=False))
