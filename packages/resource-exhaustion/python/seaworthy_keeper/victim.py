"""One process that takes resources on command. Lines in, JSON lines out; all that it needs it opens before it begins."""

import errno
import importlib
import json
import os
import resource
import select
import sys

from cpu_duty import CpuDuty
from disk_hold import DiskHold
from escape import unescape
from memory_hold import MemoryHold
from streams import write_all

# What `exercise` imports again: what that needs beside it is loaded before anything is exhausted.
import colorsys  # noqa: F401


class Victim:
    def __init__(self, commands, answers):
        self.commands, self.answers = commands, answers
        self.reserve = os.open("/dev/zero", os.O_RDONLY)
        self.status = _open_quietly("/proc/self/statm")
        self.memory, self.duty, self.disk = MemoryHold(), CpuDuty(), DiskHold()
        self.extra, self.pinned = [], []
        self.base = _count_descriptors()
        _volunteer()

    def serve(self):
        poll = select.poll()
        poll.register(self.commands, select.POLLIN)
        rest = b""
        while True:
            wait = self.duty.wait()
            if poll.poll(None if wait is None else wait * 1000):
                data = os.read(self.commands, 65536)
                if not data:
                    os._exit(0)
                *lines, rest = (rest + data).split(b"\n")
                for line in lines:
                    self.answer(line.decode("ascii").split(" "))
            self.duty.work()

    def answer(self, words):
        number, verb, arguments = words[0], words[1], words[2:]
        outcome, error, figures = "done", None, {}
        try:
            figures = getattr(self, "do_" + verb)(*arguments) or {}
        except (MemoryError, OSError) as problem:
            outcome, error = "refused", _name(problem)
            figures = self.counts()
        if isinstance(figures, tuple):
            figures, problem = figures
            if problem is not None:
                outcome, error = "refused", _name(problem)
        reply = {"re": int(number), "outcome": outcome, "figures": figures}
        if error:
            reply["error"] = error
        write_all(self.answers, json.dumps(reply).encode() + b"\n")
        if verb == "end":
            os._exit(0)

    def counts(self):
        return {"heldBytes": self.memory.held, "openDescriptors": self.base + len(self.extra), "base": self.base}

    def do_memory(self, size, *options):
        self.memory.set(int(size), "reserve" in options)
        return {"heldBytes": self.memory.held}

    def do_cpu(self, cores, *options):
        self.duty.set(float(cores), "open" in options)
        return {"cpuMs": _cpu_ms()}

    def do_descriptors(self, count, *options):
        wanted = None if count == "untilFull" else int(count)
        if "unreserved" in options and self.reserve >= 0:
            os.close(self.reserve)
            self.reserve = -1
        problem = None
        while wanted is not None and len(self.extra) > wanted:
            os.close(self.extra.pop())
        try:
            # Copies of standard input: they fill the table of this process and take nothing from the machine's.
            while wanted is None or len(self.extra) < wanted:
                self.extra.append(os.dup(0))
        except OSError as error:
            problem = error
        figures = {
            "openDescriptors": len(self.extra),
            "base": self.base - (1 if self.reserve < 0 else 0),
            "limit": resource.getrlimit(resource.RLIMIT_NOFILE)[0],
        }
        return figures, problem

    def do_disk(self, path, size, *options):
        wanted = None if size == "untilFull" else int(size)
        written, problem = self.disk.set(unescape(path), wanted, "keep" in options, "preallocate" in options)
        return {"writtenBytes": written}, problem

    def do_churn(self, size, smallest, largest, cycles, pin_every, trim, seed):
        from churn import churn

        numbers = [int(one) for one in (size, smallest, largest, cycles, pin_every)]
        figures, pinned = churn(self.resident, *numbers, trim == "1", int(seed))
        self.pinned.append(pinned)
        return figures

    def do_exercise(self):
        return {
            "reservedRead": _works(lambda: os.read(self.reserve, 1) if self.reserve >= 0 else _look()),
            "openFile": _works(_look),
            "spawn": _works(_spawn),
            "importModule": _works(_import),
        }

    def do_release(self):
        self.duty.set(0)
        self.memory.set(0)
        while self.extra:
            os.close(self.extra.pop())
        if self.reserve < 0:
            self.reserve = os.open("/dev/zero", os.O_RDONLY)
        self.disk.release()
        self.pinned = []
        return {"cpuMs": _cpu_ms()}

    def do_end(self):
        self.do_release()
        return {}

    def resident(self):
        if self.status < 0:
            return 0
        return int(os.pread(self.status, 256, 0).split()[1]) * resource.getpagesize()


def _volunteer():
    """The kernel is to take this one first where memory ends. Raising it needs no right."""
    file = _open_quietly("/proc/self/oom_score_adj", os.O_WRONLY)
    if file < 0:
        return
    try:
        os.write(file, b"1000")
    except OSError:
        pass
    os.close(file)


def _open_quietly(path, flags=os.O_RDONLY):
    try:
        return os.open(path, flags)
    except OSError:
        return -1


def _count_descriptors():
    count = 0
    for descriptor in range(256):
        try:
            os.fstat(descriptor)
            count += 1
        except OSError:
            pass
    return count


def _cpu_ms():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return (used.ru_utime + used.ru_stime) * 1000


def _name(problem):
    if isinstance(problem, OSError) and problem.errno is not None:
        return errno.errorcode.get(problem.errno, str(problem.errno))
    return type(problem).__name__


def _works(action):
    try:
        action()
        return 1
    except Exception:
        return 0


def _look():
    os.close(os.open("/dev/zero", os.O_RDONLY))


def _spawn():
    """With a pipe, as everyone starts programs whose output they want."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os._exit(7)
    os.close(reader)
    os.close(writer)
    if os.WEXITSTATUS(os.waitpid(child, 0)[1]) != 7:
        raise OSError("The child ended otherwise")


def _import():
    sys.modules.pop("colorsys", None)
    importlib.invalidate_caches()
    importlib.import_module("colorsys")
