"""Descriptors of the keeper and its victims."""

import os


def close_inherited():
    """What whoever started us left open is none of ours, and would be counted as a victim's."""
    try:
        found = [int(name) for name in os.listdir("/proc/self/fd")]
    except OSError:
        found = range(3, 1024)
    for descriptor in found:
        if descriptor > 2:
            try:
                os.close(descriptor)
            except OSError:
                pass  # The one of the listing itself.


def write_all(descriptor, data):
    try:
        while data:
            data = data[os.write(descriptor, data) :]
    except OSError:
        pass  # Nobody listens any more: the end of standard input follows.
