"""The tests that were found: how many, in which files, and a hash by which two collections are compared."""

try:
    # The module behind hashlib, which without it would load all of OpenSSL into a process whose memory is measured
    from _sha2 import sha256
except ImportError:
    try:
        from _sha256 import sha256
    except ImportError:
        from hashlib import sha256

from .rows import plain

_CHUNK = 500


def count_by_file(items):
    """Tests by the path of their file. Neighbours share one path object, so looking it up once for a run of them will do."""
    counts = {}
    last = path = None
    run = 0
    for item in items:
        own = getattr(item, "path", None)
        if own is None:
            own = item.fspath
        if own is not last:
            if run:
                counts[path] = counts.get(path, 0) + run
            last, path, run = own, plain(own), 0
        run += 1
    if run:
        counts[path] = counts.get(path, 0) + run
    return counts


def hashes(items):
    ids = [item.nodeid for item in items]
    ordered = _digest(ids)
    try:
        ids.sort()
    except TypeError:
        ids.sort(key=plain)
    return ordered, _digest(ids)


def _digest(ids):
    digest = sha256()
    for start in range(0, len(ids), _CHUNK):
        # NUL ends each: a newline may be part of an id.
        digest.update(("\0".join(map(plain, ids[start : start + _CHUNK])) + "\0").encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
