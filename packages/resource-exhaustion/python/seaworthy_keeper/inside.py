"""What can be seen and done in the sandbox from outside of the victims."""

import errno
import hashlib
import os
import stat

from escape import unescape


def count_descriptors(pid):
    folder = "/proc/%d/fd" % pid
    try:
        # Since Linux 6.2 the size is the count, which costs a hundredth of listing them.
        return os.stat(folder).st_size or len(os.listdir(folder))
    except OSError:
        return None


def process_row(pid):
    row = {"pid": pid}
    descriptors = count_descriptors(pid)
    if descriptors is not None:
        row["descriptors"] = descriptors
    statm, schedstat = _words(pid, "statm"), _words(pid, "schedstat")
    if statm:
        row["residentBytes"] = int(statm[1]) * os.sysconf("SC_PAGE_SIZE")
    if len(schedstat) == 3:
        row["cpuMs"] = int(schedstat[0]) / 1e6
        row["waitedMs"] = int(schedstat[1]) / 1e6
    return row


def disk(path):
    found = os.statvfs(unescape(path))
    return {"sizeBytes": found.f_blocks * found.f_frsize, "freeBytes": found.f_bavail * found.f_frsize}


def deleted_but_open(pids):
    seen = {}
    for pid in pids:
        folder = "/proc/%d/fd" % pid
        try:
            names = os.listdir(folder)
        except OSError:
            continue
        for name in names:
            try:
                found = os.stat(os.path.join(folder, name))
            except OSError:
                continue
            if stat.S_ISREG(found.st_mode) and found.st_nlink == 0:
                seen[found.st_dev, found.st_ino] = found.st_blocks * 512
    return {"bytes": sum(seen.values())}


def plant(path, size):
    """Over what is there, without making it shorter first: so it needs no room where there was a file as long."""
    content = os.urandom(int(size))
    descriptor = os.open(unescape(path), os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        written = 0
        while written < len(content):
            written += os.write(descriptor, content[written:])
        os.ftruncate(descriptor, len(content))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return {"sha256": hashlib.sha256(content).hexdigest()}


def digest(path):
    found = hashlib.sha256()
    with open(unescape(path), "rb") as file:
        for block in iter(lambda: file.read(1 << 16), b""):
            found.update(block)
    return {"sha256": found.hexdigest()}


def remove(path):
    try:
        os.unlink(unescape(path))
    except FileNotFoundError:
        pass
    return {}


def error_name(problem):
    return errno.errorcode.get(problem.errno, "UNKNOWN") if problem.errno else type(problem).__name__


def _words(pid, name):
    try:
        with open("/proc/%d/%s" % (pid, name)) as file:
            return file.read().split()
    except OSError:
        return []
