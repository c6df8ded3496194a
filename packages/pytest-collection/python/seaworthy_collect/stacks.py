"""Stacks of all threads, into a file: when asked by a signal, and when the process crashes.

Python has one place for the stacks of a crash. pytest makes it standard error, where nobody may be looking; here it is
this file. Everything else of pytest's faulthandler plugin, such as its timeout, stays as it is.
"""

import faulthandler
import os
import signal

from .descriptors import KeptFile

# A real-time signal that neither libc nor Python takes for itself. The same in src/recording/stack-signal.ts.
STACK_SIGNAL = 57


class StackFile:
    def __init__(self, path):
        self._file = None
        try:
            self._file = KeptFile(path, os.O_WRONLY | os.O_APPEND)
        except OSError:
            return  # no room: pytest's own way of telling of a crash stays
        self.register()
        os.register_at_fork(after_in_child=self._leave)

    @property
    def descriptor(self):
        return -1 if self._file is None else self._file.fd

    def register(self):
        if self._file is None:
            return
        try:
            faulthandler.enable(file=self._file.fd, all_threads=True)
            faulthandler.register(STACK_SIGNAL, file=self._file.fd, all_threads=True, chain=False)
        except (AttributeError, OSError, RuntimeError, ValueError):
            pass

    def reopen(self):
        if self._file is not None and (self._file.is_ours() or self._file.reopen()):
            self.register()

    def _leave(self):
        """A forked child neither writes into our file nor dies of a signal that is meant for its parent."""
        try:
            faulthandler.unregister(STACK_SIGNAL)
            signal.signal(STACK_SIGNAL, signal.SIG_IGN)
        except (OSError, ValueError, RuntimeError):
            pass
