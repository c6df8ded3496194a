"""Looks at the place where pytest runs, for a tool outside of it: a container, say.

    python3 -I -S look_around.py < QUESTION > ANSWER

Question and answer are JSON objects. Every path is absolute. The question:

    python      the interpreter
    shm         where shared memory is mounted
    stat        files to be looked at, for the time that one look takes
    many        a limit of open files from which on the price of closing them is measured
    real        paths that may be symbolic links
    writable    folders that should be
    exist       paths that may be there
    list        folders whose entries are wanted
    walk        folders in which everything is wanted, but for what lies in folders called as in `skip`
    texts       files to be read, the most important first

What cannot be found out is missing in the answer. Nothing is executed or written, but for two empty programs where the
limit of open files is very high. Standard library only, Python 3.8-3.14.
"""

import base64
import json
import os
import sys
import time

_MOST_ENTRIES = 100000
_MOST_OF_ONE_TEXT = 1 << 20
# It all lies in memory, and the limit of a container may be small.
_MOST_TEXT = 2 << 20


def text_of(path, most=_MOST_OF_ONE_TEXT):
    try:
        with open(path, "rb") as file:
            data = file.read(most + 1)
    except OSError:
        return None
    return None if len(data) > most else data.decode("utf-8", "replace")


def head_of(path, size):
    try:
        with open(path, "rb") as file:
            return file.read(size)
    except OSError:
        return None


def machine(question):
    seen = {"limits": text_of("/proc/self/limits"), "mountinfo": text_of("/proc/self/mountinfo")}
    info = head_of("/proc/cpuinfo", 8192)
    seen["cpuinfo"] = info and info.decode("utf-8", "replace")
    program = head_of(question["python"], 4096)
    seen["program"] = program and base64.b64encode(program).decode("ascii")
    seen["processors"] = len(os.sched_getaffinity(0))
    try:
        size = os.statvfs(question["shm"])
        seen["sharedMemoryBytes"] = size.f_frsize * size.f_blocks
    except OSError:
        pass
    seen["statMicroseconds"] = stat_times(question["stat"])
    seen["spawnMs"] = spawn_cost(question["python"], question["many"])
    return {name: value for name, value in seen.items() if value is not None}


def stat_times(files):
    times = []
    for path in files:
        start = time.perf_counter()
        try:
            os.lstat(path)
        except OSError:
            continue
        times.append((time.perf_counter() - start) * 1e6)
    return times


def spawn_cost(python, many):
    """What closing every possible descriptor adds to starting a program from this Python, ms."""
    import resource

    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if 0 <= soft < many:
        return None
    import subprocess

    def took(close):
        start = time.perf_counter()
        subprocess.call([python, "-S", "-c", ""], close_fds=close)
        return time.perf_counter() - start

    try:
        return max(0.0, took(True) - took(False)) * 1000
    except OSError:
        return None


def real_path(path):
    try:
        os.stat(path)
        return os.path.realpath(path)
    except OSError:
        return None


class Listings:
    def __init__(self, skip):
        self.skip = set(skip)
        self.found = {}
        self.left = _MOST_ENTRIES

    def list(self, folder):
        if folder in self.found or self.left <= 0:
            return
        folders, others = [], []
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    (folders if entry.is_dir(follow_symlinks=False) else others).append(entry.name)
        except OSError:
            return
        self.left -= len(folders) + len(others)
        self.found[folder] = {"folders": folders, "others": others}

    def walk(self, start):
        waiting = [start]
        while waiting and self.left > 0:
            folder = waiting.pop()
            self.list(folder)
            for name in self.found.get(folder, {}).get("folders", []):
                if name not in self.skip and not name.startswith("."):
                    waiting.append(os.path.join(folder, name))


def texts(paths):
    found, left = {}, _MOST_TEXT
    for path in paths:
        text = text_of(path) if left > 0 else None
        if text is not None:
            found[path] = text
            left -= len(text)
    return found


def main():
    question = json.loads(sys.stdin.buffer.read().decode("utf-8"))
    listings = Listings(question["skip"])
    for folder in question["list"]:
        listings.list(folder)
    for folder in question["walk"]:
        listings.walk(folder)
    answer = {
        "machine": machine(question),
        "real": {path: real for path, real in ((path, real_path(path)) for path in question["real"]) if real},
        "unwritable": [folder for folder in question["writable"] if not os.access(folder, os.W_OK)],
        "exist": [path for path in question["exist"] if os.path.exists(path)],
        "listings": listings.found,
        "texts": texts(question["texts"]),
    }
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))


if __name__ == "__main__":
    main()
