"""Import and unload the same modules again and again, and watch what memory and which modules stay.

    import_rounds.py FOLDER WITNESS WARM_UP ROUNDS MODULE...

The first MODULE is imported; all of them are unloaded after each round. WITNESS is `resident` (pages of the process,
after the allocator has returned what it can) or `traced` (bytes of Python objects, from tracemalloc). Prints one JSON
object: the figure after the warm-up and after each round, whether the allocator was trimmed, and every module that
outlived its round, with what holds it.
"""

import builtins
import ctypes
import gc
import importlib
import json
import os
import sys
import tracemalloc
import weakref

folder, witness = os.path.realpath(sys.argv[1]), sys.argv[2]
warm_up, rounds, names = int(sys.argv[3]), int(sys.argv[4]), sys.argv[5:]

# What the modules print must not mix with the result.
channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)


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
    gc.collect()
    if witness == "traced":
        return tracemalloc.get_traced_memory()[0]
    if trim is not None:
        trim(0)
    return resident()


def import_and_unload():
    """One round. Returns a weak reference for each module, so that the round itself keeps nothing alive."""
    importlib.import_module(names[0])
    references = []
    for name in names:
        module = sys.modules.pop(name, None)
        if module is not None:
            references.append((name, weakref.ref(module)))
    return references


def describe(holder):
    """`list builtins.kept`, say: a name that leads to the place that has to let go; nothing for a survivor's own."""
    for owner in gc.get_referrers(holder):
        if not isinstance(owner, dict):
            continue
        key = next((k for k, v in list(owner.items()) if v is holder and isinstance(k, str)), None)
        where = next((n for n, m in list(sys.modules.items()) if getattr(m, "__dict__", None) is owner), None)
        if key is not None and where is not None and where != "__main__":
            return "%s %s.%s" % (type(holder).__name__, where, key)
    return None


def holders(module):
    """Containers outside the modules that refer to a module which should be gone, or to something of it."""
    suspects = [(module, "")]
    for name, value in list(module.__dict__.items()):
        if callable(value) and getattr(value, "__module__", None) == module.__name__:
            suspects.append((value, ", through %s.%s" % (module.__name__, name)))
    found = set()
    for suspect, through in suspects:
        for holder in gc.get_referrers(suspect):
            place = describe(holder) if isinstance(holder, (list, dict, set, tuple)) else None
            if place is not None:
                found.add(place + through)
    return sorted(found)[:5]


sys.path.insert(0, folder)
references_of_all = []
figures = []
error = None
if witness == "traced":
    tracemalloc.start()
try:
    for _ in range(warm_up):
        references_of_all.append(import_and_unload())
    figures.append(figure())
    for _ in range(rounds):
        references_of_all.append(import_and_unload())
        figures.append(figure())
except BaseException as raised:  # what a module raises at import is the result, whatever it is
    error = {"type": type(raised).__name__, "message": str(raised)}

tracemalloc.stop()
survivors = {}
for references in references_of_all:
    for name, reference in references:
        module = reference()
        if module is not None:
            entry = survivors.setdefault(name, {"module": name, "count": 0, "heldBy": []})
            entry["count"] += 1
            entry["heldBy"] = entry["heldBy"] or holders(module)
        del module

result = {
    "figures": figures,
    "trimmed": trim is not None,
    "survivors": list(survivors.values()),
    "error": error,
}
json.dump(result, channel)
channel.close()
# Modules that are kept alive on purpose may also have exit hooks: they are not part of what is measured.
os._exit(0)
