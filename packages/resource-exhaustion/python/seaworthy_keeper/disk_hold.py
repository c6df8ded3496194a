"""Writes files of real blocks until so many bytes, or until the place is full."""

import os

BLOCK = 1 << 20


class DiskHold:
    def __init__(self):
        self.files = {}

    def set(self, path, size, keep_open=False, preallocate=False):
        """`size` None: until it is full. Returns (bytes of the file, None or the OSError that stopped it)."""
        descriptor = self.files.get(path)
        if descriptor is None:
            descriptor = self.files[path] = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        if keep_open:
            _unlink(path, descriptor)
        written = os.fstat(descriptor).st_size
        if preallocate:
            os.ftruncate(descriptor, size or written)
            return size or written, None
        if size is not None and size < written:
            os.ftruncate(descriptor, size)
            return size, None
        return _write(descriptor, written, size)

    def written(self):
        return sum(os.fstat(descriptor).st_size for descriptor in self.files.values())

    def release(self):
        for path, descriptor in self.files.items():
            _unlink(path, descriptor)
            os.close(descriptor)
        self.files = {}


def _unlink(path, descriptor):
    """Only what we wrote: once it was deleted, somebody else may have a file there."""
    try:
        if os.path.samestat(os.lstat(path), os.fstat(descriptor)):
            os.unlink(path)
    except OSError:
        pass  # It was deleted before, and held.


def _write(descriptor, written, size):
    block = os.urandom(BLOCK)  # Nothing that a file system could compress or share.
    step = BLOCK
    os.lseek(descriptor, written, os.SEEK_SET)
    while size is None or written < size:
        length = step if size is None else min(step, size - written)
        try:
            written += os.write(descriptor, block[:length])
        except OSError as error:
            if step <= 1024:
                return written, error
            step //= 8  # What is left may hold a smaller one.
    return written, None
