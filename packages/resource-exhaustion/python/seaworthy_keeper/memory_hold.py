"""Holds memory of which every page is written, and can be made to hold exactly so many bytes."""

import mmap

PAGE = mmap.PAGESIZE
HUGE = 2 << 20
# One step: a larger one would keep the victim from answering.
STEP = 64 << 20


class MemoryHold:
    def __init__(self):
        self.chunks = []
        self.held = 0

    def set(self, size, reserve_only=False):
        """Grows or shrinks to whole pages; raises MemoryError or OSError (ENOMEM), and then holds what it could get."""
        size = (size + PAGE - 1) // PAGE * PAGE
        while self.chunks and self.held > size:
            chunk = self.chunks.pop()
            self.held -= len(chunk)
            chunk.close()
        while self.held < size:
            length = min(STEP, size - self.held)
            self.chunks.append(_write(length, reserve_only))
            self.held += length


def _write(length, reserve_only):
    # Private, else it is shared memory and counts as such.
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
    if reserve_only:
        return mmap.mmap(-1, length, flags=flags)
    chunk = mmap.mmap(-1, length, flags=flags)
    if length < HUGE and hasattr(mmap, "MADV_NOHUGEPAGE"):
        try:
            chunk.madvise(mmap.MADV_NOHUGEPAGE)
        except OSError:
            pass  # A kernel without huge pages.
    chunk[::PAGE] = b"\1" * (length // PAGE)
    return chunk
