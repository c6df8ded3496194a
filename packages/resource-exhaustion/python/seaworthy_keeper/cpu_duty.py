"""Keeps busy a share of a core: a closed loop on the own CPU time, in periods of 50 ms."""

import time

PERIOD = 0.05
# What was missed (the quota or others had the core) is made up for up to so many seconds of work, no further.
MOST_DEBT = 1.0


class CpuDuty:
    def __init__(self):
        self.cores = 0.0
        self.open_loop = False
        self.since = self.used_before = self.next = 0.0

    def set(self, cores, open_loop=False):
        self.cores = cores
        self.open_loop = open_loop
        self.since = self.next = time.monotonic()
        self.used_before = time.process_time()

    def wait(self):
        """Seconds until there is something to do; None: never."""
        if self.cores <= 0:
            return None
        return max(0.0, self.next - time.monotonic())

    def work(self):
        now = time.monotonic()
        if self.cores <= 0 or now < self.next:
            return
        self.next = now + PERIOD
        if self.open_loop:
            until = now + PERIOD * min(1.0, self.cores)
            while time.monotonic() < until:
                pass
            return
        used = time.process_time()
        debt = self.cores * (now - self.since + PERIOD) - (used - self.used_before)
        if debt > MOST_DEBT:
            self.used_before -= debt - MOST_DEBT
        until = used + min(debt, PERIOD)
        while time.process_time() < until:
            pass
        if debt > PERIOD:
            self.next = time.monotonic()
