"""The tests that were found: how many, in which files, and a hash by which two collections are compared."""

try:
    # The module behind hashlib, which without it would load all of OpenSSL into a process whose memory is measured
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

from operator import is_

from .rows import plain

_CHUNK = 500


class Census:
    """Tests by the path of their file, and those of them that were made by parametrization."""

    def __init__(self, items):
        # The same objects in the same order need no second count.
        self._items = list(items)
        self.counts = {}
        # path: tests, and the functions that they were made of
        self.parametrized = {}
        counts, parametrized = self.counts, self.parametrized
        # Neighbours share one path object, so looking it up once for a run of them will do.
        last = path = None
        run = 0
        for item in self._items:
            try:
                own = item.path
            except Exception:
                own = _path_of(item)
            if own is not last:
                if run:
                    counts[path] = counts.get(path, 0) + run
                last, path, run = own, plain(own), 0
            run += 1
            if getattr(item, "callspec", None) is not None:
                found = parametrized.get(path)
                if found is None:
                    found = parametrized[path] = [0, set()]
                found[0] += 1
                found[1].add((id(item.parent), getattr(item, "originalname", None)))
        if run:
            counts[path] = counts.get(path, 0) + run

    def counts_of(self, items):
        """The same of what is left of them."""
        if len(items) == len(self._items) and all(map(is_, items, self._items)):
            return self.counts
        return Census(items).counts


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
    digest = blake2b(digest_size=32)
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        try:
            text = "\0".join(chunk)
        except TypeError:  # a project's own kind of name
            text = "\0".join(map(plain, chunk))
        # NUL ends each: a newline may be part of an id.
        digest.update((text + "\0").encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
