"""What the garbage collector costs."""

import gc
import signal
from _thread import interrupt_main, start_new_thread
from time import monotonic_ns, sleep


class GarbageMeter:
    def __init__(self):
        self.runs = [0, 0, 0]
        self.spent = 0  # ns
        self._started = 0
        self._code = self._tell.__func__.__code__
        self._keep_interrupts()
        gc.callbacks.append(self._tell)

    def _keep_interrupts(self):
        """CPython handles a signal in whichever Python code runs next, and drops what is raised in a callback of the collector:
        a Ctrl-C that comes during a collection would be handled in ours and do nothing."""
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            try:
                signal.signal(signal.SIGINT, self._interrupt)
            except ValueError:
                pass  # Not in the main thread.

    def _interrupt(self, number, frame):
        if frame is not None and frame.f_code is self._code:
            start_new_thread(_interrupt_soon, ())
            return
        signal.default_int_handler(number, frame)

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


def _interrupt_soon():
    sleep(0.001)
    interrupt_main()
