"""Time, CPU time and resident memory of this process. Times are in microseconds, memory is in bytes."""

import os
from os import pread  # kept, whatever the project does to the module
from time import monotonic_ns, process_time_ns

from .descriptors import lift

# A reading of memory and CPU time that is not older than this serves again, ns.
FRESH_TO_IMPORTS = 150_000
FRESH_TO_HOOKS = 100_000
# After hooks that took this long memory is read again, ns; what grew in shorter ones is added to the next of those.
WORTH_A_READING = 300_000
# Imports below both are not worth a row: ns, bytes.
LEAST_TIME = 900_000
LEAST_MEMORY = 200 * 1024

_PAGE = os.sysconf("SC_PAGE_SIZE")


def now():
    return monotonic_ns() // 1000


def cpu():
    return process_time_ns() // 1000


class ResidentMemory:
    """Read from a descriptor that is kept open, so that it costs about a microsecond."""

    def __init__(self):
        self._fd = -1
        self._known = 0
        self.open()

    def open(self):
        try:
            self._fd = lift(os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC))
        except OSError:
            self._fd = -1

    def read(self):
        if self._fd < 0:
            return 0
        try:
            self._known = int(pread(self._fd, 128, 0).split(b" ", 2)[1]) * _PAGE
        except (OSError, ValueError, IndexError):
            pass
        return self._known


def high_water_mark():
    """VmHWM; ru_maxrss would be the parent's where that was larger."""
    try:
        with open("/proc/self/status", "rb") as status:
            for line in status:
                if line.startswith(b"VmHWM:"):
                    return int(line.split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        pass
    return None
