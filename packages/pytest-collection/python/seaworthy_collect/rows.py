"""The file of rows: JSON lines, each written whole and at once."""

import errno
import os
from _json import encode_basestring_ascii as quoted
from os import write  # kept, whatever the project does to the module

from .descriptors import KeptFile

__all__ = ["RowWriter", "quoted", "row"]


class RowWriter:
    def __init__(self, path):
        self._held = ""
        self._silent = False
        # Called with the OSError after which nothing more is written.
        self.when_broken = None
        self._file = None
        try:
            self._file = KeptFile(path, os.O_WRONLY | os.O_APPEND)
        except OSError:
            # A full disk is no reason to end the project's collection.
            self._silent = True
        # Called when descriptors turned out to be gone: others of ours are then gone as well.
        self.when_reopened = []
        os.register_at_fork(after_in_child=self.silence)

    def silence(self):
        """A forked child is not the process that the rows tell of."""
        self._silent = True
        self._held = ""

    @property
    def silent(self):
        return self._silent

    @property
    def descriptor(self):
        return -1 if self._file is None else self._file.fd

    def hold(self, line):
        """Written together with the next row."""
        self._held += line + "\n"

    def write(self, line):
        if self._silent:
            return
        data = ("%s%s\n" % (self._held, line)).encode("ascii")
        self._held = ""
        file = self._file
        if not file.is_ours():
            if not file.reopen():
                self._broken(FileNotFoundError(errno.ENOENT, "the file of rows is gone"))
                return
            for reopened in self.when_reopened:
                reopened()
        try:
            written = write(file.fd, data)
            while written < len(data):
                data = data[written:]
                written = write(file.fd, data)
        except OSError as error:
            self._broken(error)

    def _broken(self, error):
        self._silent = True
        if self.when_broken is not None:
            self.when_broken(error)


def row(kind, **fields):
    """A row that is not written often."""
    parts = ['"k":%s' % quoted(kind)]
    for name, value in fields.items():
        if value is not None:
            parts.append("%s:%s" % (quoted(name), _json(value)))
    return "{%s}" % ",".join(parts)


def _json(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return int.__repr__(value)
    if value is None:
        return "null"
    if isinstance(value, dict):
        return "{%s}" % ",".join("%s:%s" % (quoted(str(key)), _json(item)) for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return "[%s]" % ",".join(map(_json, value))
    return quoted(plain(value))


def plain(value):
    """As a string of exactly that class: a project's own kind of string may do anything."""
    text = value if type(value) is str else str(value)
    return text if type(text) is str else str.__str__(text)
