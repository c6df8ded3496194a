"""The module that is being imported, in a page that the kernel keeps even when this process is killed.

Its last byte tells of the rows: 0, or the error number with which they could no longer be written.
"""

import mmap
import os

_SIZE = 4096
# The same in src/recording/position-page.ts.
_BROKEN_AT = _SIZE - 1


class PositionPage:
    def __init__(self, path):
        self._page = None
        try:
            fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                # Written, not only made so long: where the disk is full, touching a hole through the mapping is a SIGBUS.
                if os.write(fd, bytes(_SIZE)) == _SIZE:
                    self._page = mmap.mmap(fd, _SIZE)
            finally:
                os.close(fd)
        except (OSError, ValueError):
            pass  # no room, or a file system without shared mappings: the rows alone must tell
        os.register_at_fork(after_in_child=self._silence)

    def _silence(self):
        self._page = None

    def put(self, name):
        page = self._page
        if page is not None:
            data = name.encode("utf-8", "replace")[:2000] + b"\0"
            page[0 : len(data)] = data

    def rows_broken(self, error):
        page = self._page
        if page is not None:
            page[_BROKEN_AT] = error.errno if error.errno and 0 < error.errno < 256 else 255
