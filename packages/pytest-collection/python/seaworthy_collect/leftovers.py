"""What the process still has when pytest is done: threads, children, descriptors."""

import os
import sys


def leftovers(own_descriptors):
    return {"threads": _threads(), "children": _children(), "descriptors": _descriptors(own_descriptors)}


def _threads():
    threading = sys.modules.get("threading")
    if threading is None:
        return []
    main = threading.main_thread()
    return [
        {"name": str(thread.name), "daemon": bool(thread.daemon)}
        for thread in threading.enumerate()
        if thread is not main and thread.is_alive()
    ]


def _children():
    found = []
    try:
        tasks = os.listdir("/proc/self/task")
        pids = set()
        for task in tasks:
            with open("/proc/self/task/%s/children" % task, "rb") as children:
                pids.update(map(int, children.read().split()))
    except (OSError, ValueError):
        pids = _children_by_parent()
    for pid in sorted(pids):
        try:
            with open("/proc/%d/stat" % pid, "rb") as stat:
                state = stat.read().rpartition(b")")[2].split()[0]
            with open("/proc/%d/cmdline" % pid, "rb") as cmdline:
                command = cmdline.read().replace(b"\0", b" ").strip()
        except (OSError, IndexError):
            continue
        if state != b"Z":
            found.append({"pid": pid, "command": command.decode("utf-8", "surrogateescape")[:1000]})
    return found


def _children_by_parent():
    """For kernels without lists of children."""
    own = str(os.getpid()).encode()
    pids = set()
    try:
        names = os.listdir("/proc")
    except OSError:
        return pids
    for name in names:
        if name.isdigit():
            try:
                with open("/proc/%s/stat" % name, "rb") as stat:
                    if stat.read().rpartition(b")")[2].split()[1] == own:
                        pids.add(int(name))
            except (OSError, IndexError):
                pass
    return pids


def _descriptors(own):
    try:
        # Without the one by which the folder is read
        return len(set(os.listdir("/proc/self/fd")) - {str(fd) for fd in own}) - 1
    except OSError:
        return 0
