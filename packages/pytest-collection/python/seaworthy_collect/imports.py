"""Which imports take long, or much memory.

The import system holds a module's lock while it loads it, and takes the lock by a class of its own: a subclass of that
sees the beginning and the end of every import without being on the stack in between, so tracebacks and the depth of
recursion stay as they are.
"""

import importlib._bootstrap as bootstrap
import sys
from _thread import get_ident
from time import monotonic_ns

from .gauges import FRESH_TO_IMPORTS, LEAST_MEMORY, LEAST_TIME
from .rows import plain, quoted


class ImportMeter:
    def __init__(self, recorder):
        self._recorder = recorder
        self.stack = []
        # What waits for an import to end: called with its depth.
        self.when_ended = None
        self._count = 0

    def install(self):
        original = self._recorder.private(bootstrap, "_ModuleLockManager", "no imports are recorded")
        get_lock = self._recorder.private(bootstrap, "_get_module_lock", "no imports are recorded")
        if original is None or get_lock is None:
            return
        own = get_ident()
        enter, leave = self.enter, self.leave

        class _ModuleLockManager(original):
            def __enter__(self):
                if get_ident() == own:
                    enter(self._name)
                    try:
                        self._lock = get_lock(self._name)
                        self._lock.acquire()
                    except BaseException as error:
                        leave(self._name, type(error))
                        raise
                else:
                    self._lock = get_lock(self._name)
                    self._lock.acquire()

            def __exit__(self, kind=None, *rest):
                self._lock.release()
                if get_ident() == own:
                    leave(self._name, kind)

        for method in (_ModuleLockManager.__enter__, _ModuleLockManager.__exit__):
            # CPython strips frames of the import system out of tracebacks by their file's name.
            method.__code__ = method.__code__.replace(co_filename="<frozen importlib._bootstrap>")
        bootstrap._ModuleLockManager = _ModuleLockManager

    def enter(self, name):
        at = monotonic_ns()
        recorder = self._recorder
        if at - recorder.read_at > FRESH_TO_IMPORTS:
            recorder.read()
        garbage = recorder.garbage
        if garbage.times:
            garbage.settle()
        recorder.page.put(name)
        # name, index, whether a row is needed whatever it takes, the readings at the beginning, and the time of the imports
        # below it, garbage collections left out
        readings = at, recorder.cpu, recorder.resident, recorder.within, garbage.spent
        self.stack.append([name, self._count, False, *readings, 0])
        self._count += 1

    def leave(self, name, failure):
        stack = self.stack
        if not stack:
            return
        entry = stack.pop()
        while entry[0] != name and stack:
            entry = stack.pop()
        at = monotonic_ns()
        if self.when_ended is not None:
            self.when_ended(len(stack), at)
        recorder = self._recorder
        if stack:
            recorder.page.put(stack[-1][0])
        else:
            recorder.page.put("")
        if failure is not None and not issubclass(failure, Exception) and recorder.broken_import is None:
            recorder.broken_import = name
        if at - recorder.read_at > FRESH_TO_IMPORTS:
            recorder.read()
        took = at - entry[3]
        garbage = recorder.garbage
        if garbage.times:
            garbage.settle()
        collecting = garbage.spent - entry[7]
        if stack:
            stack[-1][8] += took - collecting
        grown = recorder.resident - entry[5]
        if took >= LEAST_TIME or grown >= LEAST_MEMORY or entry[2]:
            parent = -1
            if stack:
                parent = stack[-1][1]
                stack[-1][2] = True
            within = entry[6]
            origin = _origin(name)
            if origin is not None and origin == within:
                return  # the test file itself, which is no import within it
            recorder.rows.write(
                '{"k":"i","i":%d,"p":%d,"n":%s,"f":%s,"t":%d,"w":%d,"u":%d,"m":%d,"g":%d,"s":%d,"in":%s}'
                % (
                    entry[1],
                    parent,
                    quoted(plain(name)),
                    "null" if origin is None else quoted(origin),
                    entry[3] // 1000,
                    took // 1000,
                    recorder.cpu - entry[4],
                    grown,
                    collecting // 1000,
                    (took - collecting - entry[8]) // 1000,
                    "null" if within is None else quoted(within),
                )
            )


def _origin(name):
    module = sys.modules.get(name)
    try:
        spec = object.__getattribute__(module, "__dict__").get("__spec__")
        origin = object.__getattribute__(spec, "origin") if spec.has_location else None
        return None if origin is None else plain(origin)
    except Exception:
        return None
