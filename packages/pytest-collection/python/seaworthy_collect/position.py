"""The module that is being imported, in a page that the kernel keeps even when this process is killed."""

import mmap
import os

_SIZE = 4096


class PositionPage:
    def __init__(self, path):
        self._page = None
        try:
            fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                os.ftruncate(fd, _SIZE)
                self._page = mmap.mmap(fd, _SIZE)
            finally:
                os.close(fd)
        except (OSError, ValueError):
            pass  # a file system without shared mappings: the rows alone must tell
        os.register_at_fork(after_in_child=self._silence)

    def _silence(self):
        self._page = None

    def put(self, name):
        page = self._page
        if page is not None:
            data = name.encode("utf-8", "replace")[:2000] + b"\0"
            page[0 : len(data)] = data
