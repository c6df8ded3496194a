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
        # May be looked at, to see whether there is anything to settle.
        self.times = []
        # As settled last: collections of any generation, and what they took, ns
        self.runs = self.spent = 0
        self._before = _collections()
        noted = map(self.times.append, iter(monotonic_ns, None))
        # max calls its key with the phase and with the info; what the key gives must be comparable.
        gc.callbacks.append(partial(max, key=partial(next, map(is_, noted, repeat(None)))))

    def settle(self):
        """Sums up the collections that have ended; more may come while this runs."""
        times = self.times
        ended = len(times) // _NOTES * _NOTES
        if ended:
            for at in range(0, ended, _NOTES):
                self.spent += times[at + 2] - times[at + 1]
            self.runs += ended // _NOTES
            del times[:ended]

    def totals(self):
        """Runs of each generation, and microseconds."""
        self.settle()
        runs = [now - before for now, before in zip(_collections(), self._before)]
        return runs + [self.spent // 1000]


def _collections():
    return [generation["collections"] for generation in gc.get_stats()]
