"""Imports one module in this interpreter and writes what happened to a file.

    python first_import.py REQUEST

REQUEST is a file that names, separated by NUL, the result file, the module and the import roots. Standard library only, Python 3.8-3.14.
It imports nothing but what every interpreter has loaded when it starts, so that the module really comes first.
"""

import builtins
import os
import sys
from os import _exit, getpid

# Whatever the module does to them, this program keeps what it needs.
__builtins__ = dict(vars(builtins))
_create = os.open
_flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
_put = os.write
_rename = os.replace

_IMPORTLIB = "<frozen importlib"


def main(request):
    with open(request, encoding="utf-8", errors="surrogateescape") as file:
        result, module, *roots = file.read().split("\0")
    # Neither this program's folder nor its name is part of what is tried.
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = roots + [entry for entry in sys.path if entry != here]
    sys.argv[:] = [""]
    write(result, attempt(module))


def attempt(module):
    """The outcome as text: fields separated by NUL, frames by lines in the last one."""
    own = getpid()
    try:
        __import__(module)
    except BaseException as error:
        outcome = describe(error)
    else:
        outcome = "ok"
    if getpid() != own:
        _exit(0)  # a child that the module forked, and which came back here
    return outcome


def describe(error):
    kind = type(error)
    message = told(str, error)
    name = getattr(error, "name", None)
    where = ""
    if isinstance(error, SyntaxError):
        where = "%s:%s" % (error.filename, error.lineno)
        message = told(str, error.msg)
    frames = []
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        if step.tb_frame.f_globals is not globals() and not code.co_filename.startswith(_IMPORTLIB):
            module = step.tb_frame.f_globals.get("__name__")
            parts = (told(str, module), code.co_filename, "%d" % step.tb_lineno, code.co_name)
            frames.append("\1".join([clean(part) for part in parts]))
        step = step.tb_next
    kind_name = kind.__name__
    if isinstance(error, SystemExit):
        kind_name, message = "Exit", "sys.exit(%s)" % ("" if error.code is None else told(repr, error.code))
    wanted = name if isinstance(name, str) and isinstance(error, ImportError) else ""
    fields = ("crash", kind_name, message, wanted, where, "\n".join(frames))
    return "\0".join([str.replace(field, "\0", "\\x00") for field in fields])


def told(how, what):
    """`str` or `repr`, which code of the project may answer, or fail to."""
    try:
        return how(what)
    except BaseException:
        return ""


def clean(part):
    """Without the marks that tell frames and their parts from each other: sources that are executed may have any name."""
    return str.replace(str.replace(part, "\n", "\\n"), "\1", "\\x01")


def encode(outcome):
    """Names of files as the bytes that they are; halves of characters, which any text may hold, as escapes."""
    try:
        return outcome.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return outcome.encode("utf-8", "backslashreplace")


def write(result, outcome):
    data = encode(outcome)
    file = _create(result + ".part", _flags, 0o600)
    while data:
        data = data[_put(file, data) :]
    _rename(result + ".part", result)
    # Neither threads nor exit handlers of what was imported may hold the process up.
    _exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
