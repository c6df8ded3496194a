"""Descriptors that a project's clean-up of "all descriptors" rarely reaches, and that are noticed when it did."""

import fcntl
import os
import resource
from os import fstat  # kept, whatever the project does to the module

# High enough to be out of the way, low enough that the kernel's table of descriptors stays small.
_HIGHEST = 1000


def lift(fd):
    """Moves a descriptor to a high number; gives the new number."""
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    lowest = _HIGHEST if soft == resource.RLIM_INFINITY else max(3, min(_HIGHEST, soft - 24))
    try:
        lifted = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, lowest)
    except OSError:
        return fd
    os.close(fd)
    return lifted


class KeptFile:
    """A file that stays open, whatever happens to its descriptor."""

    def __init__(self, path, flags):
        self.path = os.path.abspath(path)
        self.flags = flags
        self.fd = lift(os.open(self.path, flags | os.O_CREAT | os.O_CLOEXEC, 0o600))
        status = fstat(self.fd)
        self.device = status.st_dev
        self.inode = status.st_ino

    def is_ours(self):
        try:
            status = fstat(self.fd)
        except OSError:
            return False
        return status.st_ino == self.inode and status.st_dev == self.device

    def reopen(self):
        """Opens the same file anew where the descriptor is gone, or has become somebody else's. False if there is no such file."""
        try:
            fd = lift(os.open(self.path, self.flags | os.O_CLOEXEC))
        except OSError:
            return False
        status = fstat(fd)
        if status.st_ino != self.inode or status.st_dev != self.device:
            os.close(fd)
            return False
        self.fd = fd
        return True
