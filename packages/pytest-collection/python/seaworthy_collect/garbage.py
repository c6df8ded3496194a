"""What the garbage collector costs.

CPython handles a signal in whichever Python code runs next, and drops what is raised in a callback of the collector: a
Ctrl-C that came during a collection would be handled in a callback of ours that is written in Python, and do nothing.
So ours is made of C functions alone, and notes times; nothing else of signals is touched.
"""

import gc
from functools import partial
from itertools import repeat
from operator import is_
from time import monotonic_ns

# Each call of the callback notes two times: at the start of a collection, and at its end.
_NOTES = 4


class GarbageMeter:
    def __init__(self):
        self._times = []
        self._counted = 0
        self._spent = 0  # ns
        self._before = _collections()
        noted = map(self._times.append, iter(monotonic_ns, None))
        # max calls its key with the phase and with the info; what the key gives must be comparable.
        gc.callbacks.append(partial(max, key=partial(next, map(is_, noted, repeat(None)))))

    @property
    def spent(self):
        """Nanoseconds."""
        if len(self._times) >= _NOTES:
            self._settle()
        return self._spent

    def counted(self):
        """Collections of any generation."""
        if len(self._times) >= _NOTES:
            self._settle()
        return self._counted

    def _settle(self):
        """Sums up the collections that have ended; more may come while this runs."""
        times = self._times
        ended = len(times) // _NOTES * _NOTES
        for at in range(0, ended, _NOTES):
            self._spent += times[at + 2] - times[at + 1]
        self._counted += ended // _NOTES
        del times[:ended]

    def totals(self):
        """Runs of each generation, and microseconds."""
        runs = [now - before for now, before in zip(_collections(), self._before)]
        return runs + [self.spent // 1000]


def _collections():
    return [generation["collections"] for generation in gc.get_stats()]
