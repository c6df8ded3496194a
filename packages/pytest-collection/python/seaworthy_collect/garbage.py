"""What the garbage collector costs."""

import gc
from time import monotonic_ns


class GarbageMeter:
    def __init__(self):
        self.runs = [0, 0, 0]
        self.spent = 0  # ns
        self._started = 0
        gc.callbacks.append(self._tell)

    def _tell(self, phase, info):
        if phase == "start":
            self._started = monotonic_ns()
        else:
            self.spent += monotonic_ns() - self._started
            self.runs[info["generation"]] += 1

    def counted(self):
        first, second, third = self.runs
        return first + second + third

    def totals(self):
        """Runs of each generation, and microseconds."""
        return self.runs + [self.spent // 1000]
