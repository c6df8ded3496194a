"""Collect the same tests again and again in one process, and watch what memory stays.

    collection_rounds.py WITNESS WARM_UP ROUNDS PAYLOAD -- PYTEST-ARGUMENT...

Runs `pytest --collect-only` so often in the current folder; between the rounds everything of that folder is unloaded,
the garbage collected and the allocator told to return what it can. WITNESS is `resident` (pages of the process) or
`traced` (Python objects, by tracemalloc, which needs memory itself: for finding out what grows, not by how much).
PAYLOAD is the number of bytes that one last round gives to each test as its metadata; 0 leaves that round out. Writes
one JSON object to standard output; what pytest and the tests print goes to standard error.
"""

import ctypes
import functools
import gc
import json
import os
import sys
import types
import weakref

witness, warm_up, rounds, payload = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
arguments = sys.argv[sys.argv.index("--") + 1 :]
folder = os.path.realpath(os.getcwd())

# What pytest, plugins and tests print must not mix with the result.
channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)

import pytest  # noqa: E402

CURVE_POINTS = 20
TOP = 10
LEAST_GROWTH = 4096
HOLDERS = 5
STEPS = 30
CACHE = type(functools.lru_cache(maxsize=1)(len))


class Metadata(bytearray):
    """Data of one test, to which weak references can be had."""



def find_trim():
    """glibc keeps freed pages; without `malloc_trim` the resident figure is noise."""
    try:
        return ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError, TypeError):
        return None


trim = find_trim()


def resident():
    try:
        with open("/proc/self/statm", "rb") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return None


def figure():
    """What is held once all that can go is gone."""
    for _ in range(3):  # finalizers may leave garbage themselves
        gc.collect()
    if witness == "traced":
        return tracemalloc.get_traced_memory()[0]
    if trim is not None:
        trim(0)
    return resident()


class Observer:
    """What is collected, and what it takes while it is held."""

    def __init__(self, payload=0):
        self.payload = payload
        self.tests = None
        self.errors = 0
        self.held = None
        self.curve = []
        self.items = 0
        self.given = []

    def pytest_itemcollected(self, item):
        if not self.payload:
            return
        self.items += 1
        # As suites keep it: some text and numbers, and data for the test, all of it written to.
        data = Metadata(b"x" * self.payload)
        self.given.append(weakref.ref(data))
        item.user_properties.append(("metadata", {"number": self.items, "name": item.name, "data": data}))

    # After every other plugin's own work on that test.
    @pytest.hookimpl(trylast=True)
    def pytest_collectreport(self, report):
        self.errors += report.outcome == "failed"
        if self.payload and self.items:
            self.curve.append({"tests": self.items, "bytes": resident()})

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session):
        self.tests = len(session.items)
        self.held = resident()


def unload(modules_before, path_before):
    """What a fresh process would not have: the modules of the tests, but not the libraries that they imported."""
    for name, module in list(sys.modules.items()):
        place = getattr(module, "__file__", None)
        if name not in modules_before and place and os.path.realpath(place).startswith(folder + os.sep):
            del sys.modules[name]
    sys.path[:] = path_before


def collect(payload=0):
    observer = Observer(payload)
    modules_before, path_before = set(sys.modules), list(sys.path)
    try:
        status = int(pytest.main(["--collect-only", "-q", *arguments], plugins=[observer]))
    finally:
        unload(modules_before, path_before)
    told = {
        "status": status,
        "tests": observer.tests,
        "errors": observer.errors,
        "held": observer.held,
    }
    return told, observer


def thinned(curve):
    """Some points at even distances, the last one among them."""
    if not curve:
        return []
    last = curve[-1]["tests"]
    wanted = [last * (i + 1) // CURVE_POINTS for i in range(CURVE_POINTS)]
    points = []
    for least in wanted:
        point = next(one for one in curve if one["tests"] >= least)
        if not points or points[-1]["tests"] < point["tests"]:
            points.append(point)
    return points


def holders_of(survivor):
    """What leads to an object by the shortest way and has a name: something in a module, or the cache of a function."""
    modules = {id(vars(m)): n for n, m in list(sys.modules.items()) if hasattr(m, "__dict__") and n != "__main__"}
    seen, level = {id(survivor)}, [survivor]
    for _ in range(STEPS):
        # One look through all objects for the whole level.
        referrers = [
            one
            for one in gc.get_referrers(*level)
            if id(one) not in seen and one is not level and not is_call_of(one, level)
        ]
        found = sorted(set(named(level, referrers, modules)))
        if found or not referrers:
            return found
        seen.update(map(id, referrers))
        level = [one for one in referrers if not isinstance(one, types.FrameType)]
    return []


def is_call_of(one, level):
    """The arguments of `gc.get_referrers(*level)` are a tuple that refers to all of them."""
    return type(one) is tuple and len(one) == len(level) and all(a is b for a, b in zip(one, level))


def named(level, referrers, modules):
    reached = set(map(id, level))
    for one in referrers:
        if isinstance(one, CACHE):
            yield "the cache of %s.%s" % (one.__module__, one.__qualname__)
        where = modules.get(id(one))
        if where is not None:
            for key, value in list(one.items()):
                if id(value) in reached:
                    yield "%s %s.%s" % (type(value).__name__, where, key)


def survivors_of(given):
    """How many of the metadata objects are still there, and what holds some of them."""
    alive = [reference() for reference in given]
    alive = [one for one in alive if one is not None]
    return {"count": len(alive), "heldBy": holders_of(alive[0])[:HOLDERS] if alive else []}


def type_counts():
    counts = {}
    for one in gc.get_objects():
        kind = type(one)
        name = "%s.%s" % (kind.__module__, kind.__qualname__)
        counts[name] = counts.get(name, 0) + 1
    return counts


def shown(path):
    """Relative to the tests where it lies among them."""
    return os.path.relpath(path, folder) if path.startswith(folder + os.sep) else path


def growing_lines(before, after):
    """The lines whose objects grew most. Only code is named: an import's own lines are no news."""
    grown = [
        one
        for one in after.compare_to(before, "lineno")
        if one.size_diff >= LEAST_GROWTH and one.traceback[0].filename != __file__
    ]
    return [
        {
            "path": shown(one.traceback[0].filename),
            "line": one.traceback[0].lineno,
            "bytes": one.size_diff,
            "objects": one.count_diff,
        }
        for one in grown[:TOP]
    ]


def growing_types(before, after):
    grown = [(count - before.get(name, 0), name) for name, count in after.items()]
    return [
        {"type": name, "objects": more} for more, name in sorted(grown, reverse=True)[:TOP] if more > 0
    ]


result = {
    "trimmed": trim is not None,
    "start": None,
    "rounds": [],
    "heavy": None,
    "lines": [],
    "types": [],
    "error": None,
}
if witness == "traced":
    import tracemalloc

    tracemalloc.start()
try:
    for _ in range(warm_up):
        collect()
    result["start"] = figure()
    if witness == "traced":
        snapshot, types_before = tracemalloc.take_snapshot(), type_counts()
    for _ in range(rounds):
        told, _ = collect()
        told["retained"] = figure()
        result["rounds"].append(told)
    if payload:
        before = figure()
        told, observer = collect(payload)
        told.update({"before": before, "curve": thinned(observer.curve), "retained": figure()})
        told["survivors"] = survivors_of(observer.given)
        result["heavy"] = told
    if witness == "traced":
        gc.collect()
        types_after = type_counts()
        result["lines"] = growing_lines(snapshot, tracemalloc.take_snapshot())
        result["types"] = growing_types(types_before, types_after)
except BaseException as raised:  # what a plugin lets out of pytest.main is the result, whatever it is
    result["error"] = {"type": type(raised).__name__, "message": str(raised)}

json.dump(result, channel)
channel.close()
# What is kept on purpose may also have exit hooks, and threads: they are not part of what is measured.
os._exit(0)
