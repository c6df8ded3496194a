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
        try:
            own = item.path
        except Exception:
            own = _path_of(item)
        if own is not last:
            if run:
                counts[path] = counts.get(path, 0) + run
            last, path, run = own, plain(own), 0
        run += 1
    if run:
        counts[path] = counts.get(path, 0) + run
    return counts


def count_parametrized(items):
    """By the path of their file: tests that were made by parametrization, and the functions that they were made of."""
    counts = {}
    for item in items:
        if getattr(item, "callspec", None) is None:
            continue
        try:
            path = plain(item.path)
        except Exception:
            path = plain(_path_of(item))
        if path not in counts:
            counts[path] = [0, set()]
        count = counts[path]
        count[0] += 1
        count[1].add((id(item.parent), getattr(item, "originalname", None)))
    return {path: (count, len(functions)) for path, (count, functions) in counts.items()}


def _path_of(item):
    """Before pytest 7; or of a project's own kind of item, whose attributes may do anything: then what its node id says."""
    try:
        return item.fspath
    except Exception:
        try:
            return plain(item.nodeid).split("::")[0]
        except Exception:
            return ""


def _id_of(item):
    try:
        return item.nodeid
    except Exception:
        return ""


def hashes(items):
    try:
        ids = [item.nodeid for item in items]
    except Exception:
        ids = [_id_of(item) for item in items]
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
