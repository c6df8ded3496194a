"""Runs pytest --collect-only and records what happens.

    python collect_main.py --rows FILE --detail files|hooks [--bytecode-folder DIR --bytecode-root ROOT]
                           --invocation pytest|module -- ARGUMENTS OF PYTEST

Standard library only, Python 3.8-3.14.
"""

import time

_STARTED = time.monotonic_ns() // 1000

import os
import sys

if __name__ == "__main__":
    _HERE = os.path.dirname(os.path.abspath(__file__))
    if sys.path and os.path.abspath(sys.path[0] or os.curdir) == _HERE:
        del sys.path[0]
        _SAFE_PATH = False
    else:
        _SAFE_PATH = True

    from importlib.machinery import ModuleSpec, SourceFileLoader

    def _load(name):
        """Our package, from where it lies."""
        folder = os.path.join(_HERE, "seaworthy_collect")
        path = os.path.join(folder, "__init__.py")
        spec = ModuleSpec(name, SourceFileLoader(name, path), origin=path, is_package=True)
        spec.submodule_search_locations[:] = [folder]
        module = type(sys)(name)
        module.__spec__, module.__path__, module.__file__ = spec, [folder], path
        module.__loader__, module.__package__ = spec.loader, name
        sys.modules[name] = module
        return module

    _load("_seaworthy_collect")
    from _seaworthy_collect.bootstrap import main

    sys.exit(main(sys.argv[1:], started=_STARTED, safe_path=_SAFE_PATH))
