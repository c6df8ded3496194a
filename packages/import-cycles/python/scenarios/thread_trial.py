"""One trial: threads that import modules which import each other, in this fresh interpreter.

    thread_trial.py FOLDER SEED PATIENCE MODULE...

One thread is started for each MODULE (names may repeat). It imports the module and calls its `work`. A watcher looks
at what each thread waits for. Prints one JSON object: the outcome (`finished`, `deadlock`: threads that wait for each
other in a ring; `stuck`: no thread moved for PATIENCE seconds, without a ring), whether threads met in an import at
all, and for each thread its state, error, stack, and the lock it waits for with the thread that holds it.
"""

import faulthandler
import importlib
import json
import linecache
import os
import random
import sys
import threading
import time
import traceback
from importlib.machinery import SourceFileLoader

folder, seed, patience = os.path.realpath(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
names = sys.argv[4:]

# What the modules print must not mix with the result.
channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)

# The last resort, should the watcher itself be locked out: stacks to standard error, and the end.
faulthandler.dump_traceback_later(patience * 4 + 5, exit=True)


# Between two looks at the threads, in seconds.
PAUSE = 0.01


class ObservedLock:
    """A lock of `threading` that knows its holder and where it was made."""

    def __init__(self, inner, kind, made_at):
        self.inner = inner
        self.kind = kind
        self.made_at = made_at
        self.owner = None
        self.depth = 0

    def acquire(self, blocking=True, timeout=-1):
        taken = self.inner.acquire(blocking, timeout)
        if taken:
            self.owner = threading.get_ident()
            self.depth += 1
        return taken

    def release(self):
        self.depth -= 1
        if self.depth == 0:
            self.owner = None
        self.inner.release()

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *_):
        self.release()

    def __getattr__(self, name):
        return getattr(self.inner, name)


def observed(make, kind):
    def made():
        caller = sys._getframe(1)
        place = "%s:%d" % (os.path.basename(caller.f_code.co_filename), caller.f_lineno)
        return ObservedLock(make(), kind, place)

    return made


class Worker:
    def __init__(self, number, module, delay):
        self.name = "thread %d (imports %s first)" % (number, module)
        self.module = module
        self.delay = delay
        self.began = self.imported = self.done = None
        self.error = None
        self.thread = threading.Thread(target=self.run, name=self.name, daemon=True)

    def run(self):
        gate.wait()
        time.sleep(self.delay)
        try:
            self.began = time.perf_counter()
            module = importlib.import_module(self.module)
            self.imported = time.perf_counter()
            module.work()
        except BaseException as raised:  # what a thread dies of is the result, whatever it is
            where = [f for f in traceback.extract_tb(raised.__traceback__) if f.filename.startswith(folder)]
            self.error = {
                "type": type(raised).__name__,
                "message": str(raised),
                "path": os.path.relpath(where[-1].filename, folder) if where else None,
                "line": where[-1].lineno if where else None,
            }
        self.done = time.perf_counter()


def name_of(lock):
    for name, module in list(sys.modules.items()):
        for key, value in list(getattr(module, "__dict__", {}).items()):
            if value is lock:
                return "%s %s.%s" % (lock.kind, name, key)
    return "%s made at %s" % (lock.kind, lock.made_at)


def lock_waited_for(frame):
    """The lock whose `acquire` a thread is in, and a name for it: CPython's module locks have an owner as ours do."""
    while frame is not None:
        waiting = frame.f_locals.get("self") if frame.f_code.co_name == "acquire" else None
        if isinstance(waiting, ObservedLock):
            return waiting, name_of(waiting)
        if type(waiting).__name__ == "_ModuleLock":
            return waiting, "import lock of %s" % waiting.name
        frame = frame.f_back if frame.f_code.co_filename.startswith("<frozen") else None
    return None, None


def stack_of(frame):
    lines = []
    for entry, line in traceback.walk_stack(frame):
        path = entry.f_code.co_filename
        if path.startswith(folder):
            text = linecache.getline(path, line).strip()
            function = entry.f_code.co_name
            lines.append({"path": os.path.relpath(path, folder), "line": line, "function": function, "text": text})
    return lines[::-1]


def look(workers):
    """What every unfinished thread waits for, and a mark that changes as soon as one of them moves."""
    frames = sys._current_frames()
    waits, mark = {}, []
    for worker in workers:
        frame = frames.get(worker.thread.ident)
        if worker.done is None and frame is not None:
            lock, name = lock_waited_for(frame)
            waits[worker.thread.ident] = {
                "lock": lock,
                "name": name,
                "owner": getattr(lock, "owner", None),
                "stack": stack_of(frame),
            }
            mark.append((worker.name, id(frame), frame.f_lasti))
    return waits, mark


def ring_in(waits):
    """Threads that wait for each other: following lock and owner leads back to the start."""
    for start in waits:
        path, at = [], start
        while at in waits and at not in path:
            path.append(at)
            at = waits[at]["owner"]
        if at == start:
            return path
    return []


def watch(workers):
    still_since, still_looks, last_mark, last_ring, sightings = time.monotonic(), 0, None, None, 0
    while True:
        time.sleep(PAUSE)
        if all(worker.done is not None for worker in workers):
            return "finished", {}, []
        waits, mark = look(workers)
        now = time.monotonic()
        still_looks += 1
        if mark != last_mark:
            still_since, still_looks, last_mark, sightings = now, 0, mark, 0
        ring = ring_in(waits)
        sightings = sightings + 1 if ring and ring == last_ring else 0
        last_ring = ring
        # CPython breaks rings of import locks alone at once: what is still there after this will stay.
        if sightings >= 20:
            return "deadlock", waits, ring
        # Many looks besides the time: a machine that stood still itself proves nothing.
        if now - still_since > patience and still_looks > patience / PAUSE / 4:
            return "stuck", waits, []


chance = random.Random(seed)
executions = {}
execute_body = SourceFileLoader.exec_module


def exec_module(loader, module):
    begin = time.perf_counter()
    try:
        return execute_body(loader, module)
    finally:
        executions.setdefault(module.__name__, (begin, time.perf_counter(), threading.get_ident()))


gate = threading.Barrier(len(names) + 1)
workers = [Worker(i + 1, name, chance.random() * 0.002) for i, name in enumerate(names)]
for worker in workers:
    worker.thread.start()
SourceFileLoader.exec_module = exec_module
threading.Lock = observed(threading.Lock, "lock")
threading.RLock = observed(threading.RLock, "re-entrant lock")
sys.path.insert(0, folder)
sys.setswitchinterval(0.0005)
began = time.perf_counter()
gate.wait()
outcome, waits, ring = watch(workers)
duration = time.perf_counter() - began


def met(worker):
    """Whether this thread asked for a module while another one was executing it."""
    execution = executions.get(worker.module)
    if execution is None:
        return worker.began is not None and worker.imported is None
    begin, end, thread = execution
    return thread != worker.thread.ident and worker.began is not None and begin < worker.began < end


by_ident = {worker.thread.ident: worker.name for worker in workers}
threads = []
for worker in workers:
    wait = waits.get(worker.thread.ident)
    threads.append(
        {
            "name": worker.name,
            "finished": worker.done is not None,
            "error": worker.error,
            "inRing": worker.thread.ident in ring,
            "stack": wait["stack"] if wait else [],
            "waitsFor": wait["name"] if wait else None,
            "heldBy": by_ident.get(wait["owner"]) if wait else None,
        }
    )
result = {
    "outcome": outcome,
    "met": any(met(worker) for worker in workers),
    "durationMs": duration * 1000,
    "threads": threads,
}
json.dump(result, channel)
channel.close()
os._exit(0)
