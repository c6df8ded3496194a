"""What went wrong: the exception behind a failed collection, where it was raised, and how pytest shows it."""

import re

from .machinery import is_machinery, is_ours, is_pytest
from .rows import plain, row

_LONGEST = 16 * 1024


def error_of(collector, report):
    error = getattr(getattr(getattr(report, "call", None), "excinfo", None), "value", None)
    path = getattr(collector, "path", None)
    path = getattr(collector, "fspath", None) if path is None else path
    if type(error).__name__ == "ConftestImportFailure":
        path = getattr(error, "path", path)
    try:
        shown = str(report.longreprtext)
    except Exception as failure:
        shown = "%s could not be shown: %s" % (type(error).__name__, type(failure).__name__)
    kind, message, raised_in, line = described(error)
    return row(
        "e",
        n=plain(collector.nodeid),
        f=None if path is None else plain(path),
        **{"in": raised_in},
        l=line,
        x=kind,
        m=message,
        tb=shortened(shown),
    )


def described(error):
    """Class, message, file and line of an exception, or of what lies behind pytest's own one."""
    if error is None:
        return "Exception", "", None, None
    if type(error).__name__ in ("CollectError", "ConftestImportFailure"):
        behind = error.__cause__ or error.__context__
        if behind is None and getattr(error, "excinfo", None):
            behind = error.excinfo[1]
        error = error if behind is None else behind
    kind = plain(type(error).__name__)
    try:
        message = shortened(plain(error))
    except Exception:
        message = ""
    raised_in = line = None
    if isinstance(error, SyntaxError) and isinstance(error.filename, str) and isinstance(error.lineno, int):
        return kind, shortened(plain(error.msg)), error.filename, error.lineno
    step = error.__traceback__
    while step is not None:
        name = step.tb_frame.f_code.co_filename
        if _is_file(name) and not is_machinery(name):
            raised_in, line = name, step.tb_lineno
        step = step.tb_next
    return kind, message, raised_in, line


def blamed(error):
    """File and line whose fault an exception is that ended the run: of the innermost frame that is not pytest's, which raises
    on behalf of others, in the exception or in those that it came of; (None, None) where pytest is among itself."""
    at, seen = error, set()
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        found = None
        step = at.__traceback__
        while step is not None:
            name = step.tb_frame.f_code.co_filename
            if _is_file(name) and not is_machinery(name) and not is_pytest(name):
                found = name, step.tb_lineno
            step = step.tb_next
        if found is not None:
            return found
        at = at.__cause__ or at.__context__
    return None, None


def _is_file(name):
    return not (name.startswith("<") and name.endswith(">"))


# pytest paints also what it gives to others, where FORCE_COLOR or PY_COLORS asks for colours.
_COLOURS = re.compile("\x1b\\[[0-9;]*m")


def shortened(text):
    text = _COLOURS.sub("", text)
    if len(text) <= _LONGEST:
        return text
    half = _LONGEST // 2 - 8
    return "%s\n[...]\n%s" % (text[:half], text[-half:])


def traceback_of(error):
    """As Python shows it, without our own frames."""
    import traceback

    try:
        shown = traceback.TracebackException(type(error), error, error.__traceback__)
        at, seen = [shown], set()
        while at:
            part = at.pop()
            if part is None or id(part) in seen:
                continue
            seen.add(id(part))
            part.stack = traceback.StackSummary.from_list(
                [frame for frame in part.stack if not is_ours(frame.filename)]
            )
            at += [part.__cause__, part.__context__]
        return shortened("".join(shown.format()))
    except Exception:
        return None


def own_traceback_of(error):
    """Of a failure of our own."""
    import traceback

    try:
        return shortened("".join(traceback.format_exception(type(error), error, error.__traceback__)))
    except Exception:
        return None
