"""Whose code a frame is, by the real places of pytest and of what lies below it, not by names that a project may use too."""

import os
import sys

OWN = os.path.dirname(os.path.abspath(__file__))
# Their frames are in the stack of every import and every hook.
_BELOW = ("importlib", "pluggy")
_folders = {}


def is_ours(path):
    return os.path.dirname(path) == OWN or path == _main_file()


def is_machinery(path):
    """Ours, the import system's, pluggy's, and pytest's rewriter, which stands in for the import system."""
    return (
        is_ours(path)
        or any(path.startswith(_folder(name)) for name in _BELOW)
        or path == _folder("_pytest") + "assertion/rewrite.py"
    )


def is_pytest(path):
    return path.startswith(_folder("_pytest"))


def _folder(name):
    """Of a package, with a slash at its end; what starts no path where it is not imported."""
    folder = _folders.get(name)
    if folder is None:
        file = getattr(sys.modules.get(name), "__file__", None)
        if not isinstance(file, str):
            return "\0"
        folder = _folders[name] = os.path.dirname(os.path.abspath(file)) + os.sep
    return folder


def _main_file():
    return os.path.join(os.path.dirname(OWN), "collect_main.py")
