"""Ends a pytest run cleanly, and says in which file or test, before the kernel kills it for its memory without a word.

One file, standard library only, CPython 3.8 to 3.14, pytest 6 to 9, Linux. Put its folder on PYTHONPATH and:

    pytest -p seaworthy_memory_guard                       # at 90 % of the memory limit that is in force
    pytest -p seaworthy_memory_guard --memory-guard=80%
    pytest -p seaworthy_memory_guard --memory-guard=400m

The threshold comes from --memory-guard, else the environment variable SEAWORTHY_MEMORY_GUARD, else the ini key
memory_guard; "off" turns it off. A share is of every limit that can kill this process: the control groups that it is in
(v1 or v2) and RLIMIT_AS. What counts is what the kernel cannot take back: file cache does not.

A run that it ends has exit code 86, and a reason that begins with "memory guard: ". The reason is also kept in
`config.seaworthy_memory_guard.reason`, and appended to the file that SEAWORTHY_MEMORY_GUARD_FILE names, where that is set.

What it cannot see coming: a single allocation in C that is larger than all the room that is left.
"""

import os
import re
import signal
import sys
import threading
import time
import traceback

import pytest

EXIT_CODE = 86
PREFIX = "memory guard: "
DEFAULT_THRESHOLD = "90%"

# Once ended, how far into the room between threshold and limit memory may grow before the process is ended at once.
LAST_RESORT_SHARE = 0.7
# How long the main thread has for its first reaction.
PATIENCE_SECONDS = 10.0
# How long xdist's controller waits for its workers to end the run.
WORKERS_SECONDS = 2.0

OWN_FILE = os.path.abspath(__file__)
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


class MemoryGuardInterrupt(KeyboardInterrupt):
    """Raised in the main thread while pytest runs. pytest treats it as Ctrl-C; `except Exception` does not hold it up."""


class MemoryGuardExit(SystemExit):
    """The same before pytest's session began, when nothing would catch an interrupt."""


# ---------------------------------------------------------------------------------------------------------- limits


class Limit:
    """One limit, and how much of it is used."""

    # What happens without the guard.
    consequence = "before the kernel would have killed it without a word"
    remedy = "raise the limit (docker run --memory, mem_limit, resources.limits.memory)"

    def __init__(self, name, size):
        self.name = name
        self.size = size
        self.threshold = size

    def used(self):
        raise NotImplementedError

    def excess(self):
        """What is used, where that is over the threshold; else None."""
        used = self.used()
        return used if used >= self.threshold else None


class GroupLimit(Limit):
    """The memory limit of a control group. Its folder's files stay open: a read costs some microseconds."""

    def __init__(self, folder, version, size):
        name = "cgroup v%d %s" % (version, folder)
        super().__init__(name, size)
        charge = "memory.current" if version == 2 else "memory.usage_in_bytes"
        self._charge = os.open(os.path.join(folder, charge), os.O_RDONLY)
        self._stat = os.open(os.path.join(folder, "memory.stat"), os.O_RDONLY)
        # Version 1 has two figures of each: with and without the groups below.
        prefix = b"" if version == 2 else b"total_"
        names = (prefix + b"inactive_file", prefix + b"active_file", b"slab_reclaimable")
        self._reclaimable = re.compile(b"^(?:" + b"|".join(names) + b") ([0-9]+)", re.MULTILINE)

    def charge(self):
        return int(os.pread(self._charge, 64, 0))

    def used(self):
        charge = self.charge()
        cache = sum(int(size) for size in self._reclaimable.findall(os.pread(self._stat, 16384, 0)))
        return max(0, charge - cache)

    def excess(self):
        # The statistics cost more than the charge, and can only lower it.
        return super().excess() if self.charge() >= self.threshold else None

    def close(self):
        os.close(self._charge)
        os.close(self._stat)


class ProcessLimit(Limit):
    """A limit of this process alone, against a column of /proc/self/statm."""

    consequence = "before allocations began to fail"
    remedy = "raise the limit (ulimit -v)"

    def __init__(self, name, size, column):
        super().__init__(name, size)
        self._column = column
        self._statm = os.open("/proc/self/statm", os.O_RDONLY)

    def used(self):
        return int(os.pread(self._statm, 128, 0).split()[self._column]) * PAGE

    def close(self):
        os.close(self._statm)


def read_text(path):
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


def group_mounts(mountinfo):
    """Yields (version, root inside the hierarchy, mount point) of every hierarchy that can limit memory."""
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        fields, kind = before.split(), after.split()
        if len(fields) < 5 or len(kind) < 3:
            continue
        root, point = (re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal.group(1), 8)), text) for text in fields[3:5])
        if kind[0] == "cgroup2":
            yield 2, root, point
        elif kind[0] == "cgroup" and "memory" in kind[2].split(","):
            yield 1, root, point


def own_groups(membership):
    """By version, the path of this process's group as /proc/self/cgroup has it."""
    groups = {}
    for line in membership.splitlines():
        number, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if number == "0" and controllers == "":
            groups[2] = path
        elif "memory" in controllers.split(","):
            groups[1] = path
    return groups


def group_limits(membership, mountinfo):
    """The limits of this process's control group and of those around it, the innermost first."""
    groups = own_groups(membership)
    for version, root, point in group_mounts(mountinfo):
        path = groups.get(version)
        if path is None:
            continue
        # In a container without a cgroup namespace of its own the path is the host's, and the mount shows a part of it.
        if root != "/" and (path == root or path.startswith(root + "/")):
            path = path[len(root) :]
        elif root != "/" or path.startswith("/.."):
            path = "/"
        folder = os.path.normpath(point + "/" + path)
        if not os.path.isdir(folder):
            folder = point
        inner = True
        while True:
            limit = group_limit(folder, version, inner)
            if limit is not None:
                yield limit
            if folder == point or len(folder) <= len(point):
                break
            folder, inner = os.path.dirname(folder), False


def group_limit(folder, version, inner):
    text = read_text(os.path.join(folder, "memory.max" if version == 2 else "memory.limit_in_bytes")).strip()
    # Version 1 says "none" with a number near 2**63.
    if not text.isdigit() or int(text) >= 1 << 60:
        return None
    if version == 1 and not inner and read_text(os.path.join(folder, "memory.use_hierarchy")).strip() == "0":
        return None
    try:
        return GroupLimit(folder, version, int(text))
    except OSError:
        return None


def address_space_limit():
    try:
        import resource

        soft = resource.getrlimit(resource.RLIMIT_AS)[0]
        if soft != resource.RLIM_INFINITY:
            return ProcessLimit("RLIMIT_AS (ulimit -v)", soft, 0)
    except (ImportError, OSError):
        pass
    return None


def find_limits():
    limits = list(group_limits(read_text("/proc/self/cgroup"), read_text("/proc/self/mountinfo")))
    space = address_space_limit()
    return limits if space is None else limits + [space]


def share_one_arena():
    """Keeps glibc from setting 64 MiB of address space aside for each thread, where address space is what is limited."""
    try:
        import ctypes

        ctypes.CDLL(None).mallopt(-8, 1)  # M_ARENA_MAX
    except (ImportError, OSError, AttributeError):
        pass


# ------------------------------------------------------------------------------------------------------- threshold


UNITS = {"": 0, "b": 0, "k": 10, "m": 20, "g": 30, "t": 40}


def parse_threshold(text, source):
    """('share', 0.9), ('bytes', 419430400) or None for off."""
    lowered = text.strip().lower()
    if lowered in ("off", "no", "0"):
        return None
    share = re.match(r"^([0-9]+(?:\.[0-9]+)?)\s*%$", lowered)
    if share and 0 < float(share.group(1)) <= 100:
        return "share", float(share.group(1)) / 100
    size = re.match(r"^([0-9]+(?:\.[0-9]+)?)\s*([kmgt]?)(?:i?b)?$", lowered)
    if size:
        value = int(float(size.group(1)) * (1 << UNITS[size.group(2)]))
        if value >= 1 << 20:
            return "bytes", value
        raise pytest.UsageError("%s: %s is less than the 1 MiB that the memory guard needs to see; write 400m for 400 MiB" % (source, text))
    raise pytest.UsageError(
        '%s: the memory guard\'s threshold is a share such as 90%%, a size such as 400m, or off; got "%s"' % (source, text)
    )


def threshold_of(config):
    option = getattr(config.known_args_namespace, "memory_guard", None) or config.getoption("memory_guard", None)
    if option:
        return parse_threshold(option, "--memory-guard")
    variable = os.environ.get("SEAWORTHY_MEMORY_GUARD")
    if variable:
        return parse_threshold(variable, "SEAWORTHY_MEMORY_GUARD")
    ini = config.getini("memory_guard")
    if ini:
        return parse_threshold(ini, "memory_guard in %s" % (getattr(config, "inipath", None) or "the ini file"))
    return parse_threshold(DEFAULT_THRESHOLD, "default")


def apply_threshold(threshold, limits):
    """Gives every limit its threshold. A size is for the innermost limit, or for this process where there is none."""
    kind, value = threshold
    if kind == "bytes":
        if not limits:
            own = ProcessLimit("of the memory guard itself, for this process alone", value, 1)
            own.consequence, own.remedy = "as it was told to", "give --memory-guard more"
            limits = [own]
        for limit in limits:
            limit.threshold = int(limit.size * 0.95)
        limits[0].threshold = min(value, limits[0].threshold) if limits[0].size != value else value
    else:
        for limit in limits:
            limit.threshold = int(limit.size * value)
    return limits


# ------------------------------------------------------------------------------------------------------------ text


def size_text(size):
    return "%.1f MiB" % (size / (1 << 20)) if size < 10 << 30 else "%.1f GiB" % (size / (1 << 30))


def folders_of(*packages):
    """Where these packages were imported from: a project may have folders of the same names."""
    files = [getattr(sys.modules.get(package), "__file__", None) for package in packages]
    return tuple(os.path.dirname(os.path.abspath(file)) + os.sep for file in files if file)


def place_of(frame, root):
    """Where a thread stands below pytest: the innermost line of the project, else of anything, and what is being imported."""
    anywhere = inside = module = None
    runners, importers = folders_of("_pytest", "pluggy", "xdist", "execnet"), folders_of("importlib")
    while frame is not None:
        path = frame.f_code.co_filename
        if path.startswith(runners):
            break
        if not path.startswith("<") and path != OWN_FILE and not path.startswith(importers):
            place = path, frame.f_lineno
            anywhere = anywhere or place
            if inside is None and path.startswith(root + os.sep) and "site-packages" not in path:
                inside = place
            if module is None and frame.f_code.co_name == "<module>":
                module = frame.f_globals.get("__name__")
        frame = frame.f_back
    place = inside or anywhere
    if place is None:
        return ""
    path, line = place
    text = "%s:%d" % (os.path.relpath(path, root) if path.startswith(root + os.sep) else path, line)
    return text + (" (importing %s)" % module if module else "")


# ----------------------------------------------------------------------------------------------------------- guard


class Guard:
    """Watches from a thread of its own, and at each collector and test. Registered as a plugin when pytest is configured."""

    def __init__(self, config, threshold):
        self.reason = None
        self.details = ""
        self.config = config
        self.root = str(getattr(config, "rootpath", None) or config.rootdir)
        self.limits = apply_threshold(threshold, find_limits()) if threshold else []
        self.is_off = threshold is None
        self.is_worker = hasattr(config, "workerinput")
        self._resident = ProcessLimit("", 0, 1) if self.limits else None
        self._what = "pytest is configured"
        self._is_test = False
        self._before = self._resident.used() if self._resident else 0
        self._stage = "configure"
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._told = False
        self._reacted = False
        self._tripped_at = None
        self._over_since = None
        self._signal = None
        self._thread = None
        self._main = threading.get_ident()
        self._stderr = spare_stderr.pop() if spare_stderr else 2
        self._is_closed = False

    def start(self):
        if not self.limits:
            return
        self._signal = self._take_signal()
        if any(isinstance(limit, ProcessLimit) for limit in self.limits):
            share_one_arena()
        stack = threading.stack_size()
        try:
            # Counts against RLIMIT_AS, where 8 MiB are a lot.
            threading.stack_size(256 * 1024)
        except (ValueError, RuntimeError):
            stack = None
        self._thread = threading.Thread(target=self._watch, name="seaworthy-memory-guard", daemon=True)
        try:
            self._thread.start()
        finally:
            if stack is not None:
                threading.stack_size(stack)

    def _take_signal(self):
        """A real signal, since that also ends a system call which the main thread waits in."""
        if not hasattr(signal, "SIGRTMIN") or threading.current_thread() is not threading.main_thread():
            return None
        for number in range(int(signal.SIGRTMIN) + 9, int(signal.SIGRTMAX)):
            if signal.getsignal(number) == signal.SIG_DFL:
                signal.signal(number, self._on_signal)
                return number
        return None

    # What pytest is at.

    def at(self, what, is_test=False):
        self._what, self._is_test = what, is_test
        if self._resident:
            self._before = self._resident.used()
        self.check()

    def check(self):
        """At a moment when the main thread can be ended."""
        if self.reason is None and not self.is_controller():
            for limit in self.limits:
                used = limit.excess()
                if used is not None:
                    self._trip(limit, used, sys._getframe())
                    break
        if self.reason is not None and self._stage == "session":
            self._reacted = True
            pytest.exit(self.reason, returncode=2 if self.is_worker else EXIT_CODE)
        if self.reason is not None and self._stage == "configure":
            self._leave_early()

    def _trip(self, limit, used, frame):
        with self._lock:
            if self.reason is not None:
                return
            place = place_of(frame, self.root)
            grown = max(0, self._resident.used() - self._before)
            holds = size_text(self._resident.used())
            share = 100.0 * used / limit.size
            # A threshold far below the limit is a budget: nothing would have happened yet.
            consequence = limit.consequence if limit.threshold * 2 > limit.size else "as it was told to"
            figures = "%s of %s (%.0f %%)" % (size_text(used), size_text(limit.size), share)
            reason = PREFIX + "%s in use while %s" % (figures, self._what)
            lines = [
                PREFIX + "the run was ended at %s, %s." % (figures, consequence),
                "  while: " + self._what + (", at " + place if place else ""),
                "  grew:  %s since that began; this process holds %s" % (size_text(grown), holds),
                "  limit: %s, %s; the threshold is %s" % (size_text(limit.size), limit.name, size_text(limit.threshold)),
                "  fix:   " + self._fix(limit, place, grown >= used / 4),
            ]
            self.details = "\n".join(lines)
            self._tripped_at = time.monotonic()
            self.reason = reason
            self.config.seaworthy_memory_guard = self
            self._leave_mark()

    def _fix(self, limit, place, stands_out):
        more = limit.remedy
        if self.is_worker or self.is_controller():
            more = "start fewer workers (-n), or " + more
        if not stands_out:
            return "%s; `seaworthy collect` shows which files and imports hold the memory" % more
        if self._is_test:
            return "let this test hold less at once, or " + more
        file = place.partition(":")[0] or "this file"
        return "move what %s allocates while it is imported into a fixture, or %s" % (file, more)

    def _leave_mark(self):
        path = os.environ.get("SEAWORTHY_MEMORY_GUARD_FILE")
        if not path:
            return
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
            # The reason in the first line, then what else is known.
            lines = [self.reason] + self.details.split("\n")[1:]
            os.write(descriptor, ("\n".join(lines) + "\n").encode("utf-8", "replace"))
            os.close(descriptor)
        except OSError:
            pass

    # The thread.

    def _watch(self):
        pause = 0.05
        while not self._stop.wait(pause):
            try:
                pause = self._look()
            except Exception:
                # A control group that was removed, say: the hooks go on looking at the others.
                self._stop.wait(1)

    def _look(self):
        nearest = 0.0
        for limit in self.limits:
            used = limit.excess()
            if used is None:
                charge = limit.charge() if isinstance(limit, GroupLimit) else limit.used()
                nearest = max(nearest, charge / max(1, limit.threshold))
                continue
            nearest = 1.0
            if self.reason is None:
                if self.is_controller() and self._wait_for_workers(limit, used):
                    continue
                self._trip(limit, used, sys._current_frames().get(self._main))
                self._interrupt()
            elif self._is_last_moment(limit, used):
                self._end_at_once()
        return 0.005 if nearest > 0.85 else 0.02 if nearest > 0.5 else 0.05

    def is_controller(self):
        """Of xdist: it shares its workers' limit, and they know better what they are at."""
        return not self.is_worker and self.config.pluginmanager.hasplugin("dsession")

    def _wait_for_workers(self, limit, used):
        self._over_since = self._over_since or time.monotonic()
        return time.monotonic() - self._over_since < WORKERS_SECONDS and not self._is_out_of_room(limit, used)

    def _is_out_of_room(self, limit, used):
        room = max(limit.size, int(limit.threshold * 1.1)) - limit.threshold
        return used >= limit.threshold + room * LAST_RESORT_SHARE

    def _is_last_moment(self, limit, used):
        if self._is_out_of_room(limit, used):
            return True
        return not self._reacted and time.monotonic() - self._tripped_at > PATIENCE_SECONDS

    def _interrupt(self):
        if self._signal is not None:
            signal.pthread_kill(self._main, self._signal)

    def _on_signal(self, _number, _frame):
        if self.reason is None or self._stage == "finished":
            return
        self._reacted = True
        if self._stage == "configure":
            self._leave_early()
        raise MemoryGuardInterrupt(self.reason)

    def _leave_early(self):
        self._reacted = True
        self.tell()
        raise MemoryGuardExit(EXIT_CODE)

    def _end_at_once(self):
        self.details += "\n  The process did not end by itself, or kept growing: it was ended at once."
        self.tell()
        os._exit(EXIT_CODE)

    def tell(self):
        if self._told or self.reason is None:
            return
        self._told = True
        data = ("\n" + self.details + "\n").encode("utf-8", "replace")
        try:
            os.write(self._stderr, data)
        except OSError:
            pass

    def close(self):
        """Leaves nothing behind in a process that goes on, such as one that calls pytest.main again."""
        if self._is_closed:
            return
        self._is_closed = True
        self._stop.set()
        if self._thread is not None and self._thread.ident is not None:
            self._thread.join()
        for limit in self.limits + ([self._resident] if self._resident else []):
            limit.close()
        if self._signal is not None:
            try:
                signal.signal(self._signal, signal.SIG_DFL)
            except ValueError:
                pass
        if self._stderr != 2:
            os.close(self._stderr)
            self._stderr = 2

    # Hooks.

    def pytest_report_header(self):
        if self.is_off:
            return "memory guard: off"
        if not self.limits:
            return PREFIX + "no memory limit was found (neither a control group's nor RLIMIT_AS), so nothing is watched"
        tightest = min(self.limits, key=lambda limit: limit.threshold)
        return PREFIX + "ends the run at %s of %s, %s" % (size_text(tightest.threshold), size_text(tightest.size), tightest.name)

    def pytest_sessionstart(self, session):
        self._stage = "session"
        session.seaworthy_memory_guard = self
        self.at("the session starts")

    @pytest.hookimpl(tryfirst=True)
    def pytest_collectstart(self, collector):
        self.at("collecting " + (collector.nodeid or "the session"))

    @pytest.hookimpl(hookwrapper=True)
    def pytest_make_collect_report(self):
        """pytest before 8 takes an interrupt while a module is imported for an error of that module, and goes on."""
        outcome = yield
        if outcome.excinfo is not None:
            return
        try:
            self.check()
        except BaseException as error:
            # Raising here is what old versions of pluggy want, and what new ones warn of.
            if not hasattr(outcome, "force_exception"):
                raise
            outcome.force_exception(error)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self):
        self.at("the collected tests are sorted and selected (pytest_collection_modifyitems)")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logstart(self, nodeid):
        self.at("running " + nodeid, is_test=True)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item):
        self._enter(item, "setting up ")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(self, item):
        self._enter(item, "running ")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_teardown(self, item):
        self._enter(item, "tearing down ")

    def _enter(self, item, verb):
        self._what = verb + item.nodeid

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logfinish(self):
        self.check()

    @pytest.hookimpl(tryfirst=True)
    def pytest_keyboard_interrupt(self, excinfo):
        """Gives back memory first. To show the interrupt, pytest would parse its own source files all along the way here."""
        if self.reason is None:
            return
        traceback.clear_frames(excinfo.tb)
        entries = excinfo.traceback
        last = len(entries)
        while last > 1 and str(entries[last - 1].path) == OWN_FILE:
            last -= 1
        excinfo.traceback = entries[last - 1 : last]

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node):
        """A worker of xdist ended: in the controller."""
        told = getattr(node, "workeroutput", {}).get("seaworthy_memory_guard")
        if not told or self.reason is not None:
            return
        self.reason, self.details = told
        self.details += "\n  in:    worker %s" % node.gateway.id
        self._tripped_at = time.monotonic()
        # Before xdist takes it for a crash, and starts another worker in its place.
        self.check()

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session):
        self._stage = "finished"
        if self.reason is None:
            return
        self._reacted = True
        if self.is_worker:
            session.config.workeroutput["seaworthy_memory_guard"] = [self.reason, self.details]
        else:
            session.exitstatus = EXIT_CODE

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self):
        self._stage = "finished"
        if not self.is_worker:
            self.tell()
        self.close()


# ---------------------------------------------------------------------------------------------------------- plugin


# Taken before pytest captures output, for the next guard: what is written at the last moment must be seen.
spare_stderr = []


def pytest_addoption(parser):
    if not spare_stderr:
        try:
            spare_stderr.append(os.dup(2))
        except OSError:
            pass
    group = parser.getgroup("memory guard")
    text = "end the run cleanly at this share of the memory limit, or at this size: 90%%, 400m, off (default: 90%%)"
    group.addoption("--memory-guard", dest="memory_guard", metavar="THRESHOLD", default=None, help=text)
    parser.addini("memory_guard", "as --memory-guard", default="")


def guard_of(config):
    guard = getattr(config, "seaworthy_memory_guard", None)
    if guard is None:
        guard = config.seaworthy_memory_guard = Guard(config, threshold_of(config))
        # Not at pytest_unconfigure alone: after a mistake on the command line pytest is never configured.
        config.add_cleanup(guard.close)
        guard.start()
    return guard


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    guard_of(early_config)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    guard = guard_of(config)
    guard.is_worker = hasattr(config, "workerinput")
    config.pluginmanager.register(guard, "seaworthy-memory-guard-watch")
