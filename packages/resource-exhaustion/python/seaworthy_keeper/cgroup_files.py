"""The kernel's files of the cgroup that this process is in, opened once: later reads need no descriptor."""

import os

FILES = {
    1: {
        "memory": (
            "memory.usage_in_bytes",
            "memory.max_usage_in_bytes",
            "memory.limit_in_bytes",
            "memory.memsw.limit_in_bytes",
            "memory.oom_control",
            "memory.stat",
            "memory.failcnt",
            "memory.kmem.usage_in_bytes",
        ),
        "cpuacct": ("cpuacct.usage",),
        "cpu": ("cpu.stat", "cpu.cfs_quota_us", "cpu.cfs_period_us"),
        "pids": ("pids.current", "pids.max", "pids.events"),
    },
    2: {
        "": (
            "memory.current",
            "memory.peak",
            "memory.max",
            "memory.swap.max",
            "memory.events",
            "memory.events.local",
            "memory.stat",
            "cpu.stat",
            "cpu.max",
            "pids.current",
            "pids.max",
            "pids.events",
        )
    },
}


class CgroupFiles:
    """Of version 1 or 2; version 0 where no cgroup can be seen. `folders` overrules what is found."""

    def __init__(self, folders=()):
        self.version = 0
        self.descriptors = {}
        for version, places in _places(folders):
            self._open(version, places)
            if self.descriptors:
                self.version = version
                return

    def _open(self, version, places):
        for controller, names in FILES[version].items():
            for name in names:
                for folder in places.get(controller, ()):
                    try:
                        self.descriptors[name] = os.open(os.path.join(folder, name), os.O_RDONLY)
                        break
                    except OSError:
                        continue  # In version 1 another of the folders may have it.

    def read(self, name):
        """The text; empty where there is no such file."""
        descriptor = self.descriptors.get(name)
        if descriptor is None:
            return ""
        try:
            return os.pread(descriptor, 16384, 0).decode("ascii", "replace")
        except OSError:
            return ""

    def texts(self):
        return {name: self.read(name) for name in self.descriptors}

    def kills(self):
        """Processes that the kernel killed for memory in here, or None."""
        text = self.read("memory.oom_control" if self.version == 1 else "memory.events")
        for line in text.splitlines():
            key, _, value = line.partition(" ")
            if key == "oom_kill":
                return int(value)
        return None

    def peak(self):
        """The most that it ever was charged with, bytes, or None where the kernel does not keep it."""
        text = self.read("memory.max_usage_in_bytes" if self.version == 1 else "memory.peak")
        return int(text) if text.strip().isdigit() else None


def _places(folders):
    if folders:
        every = {name: list(folders) for name in ("memory", "cpuacct", "cpu", "pids", "")}
        return [(_version(folders), every)]
    try:
        with open("/proc/self/cgroup") as file:
            own = [line.rstrip("\n").split(":", 2) for line in file]
        with open("/proc/self/mountinfo") as file:
            mounts = [line.split() for line in file]
    except OSError:
        return []
    first, second = {}, {}
    for mount in mounts:
        kind = mount[mount.index("-") + 1]
        if kind not in ("cgroup", "cgroup2"):
            continue
        root, place = mount[3], mount[4]
        options = mount[-1].split(",")
        for _, controllers, path in own:
            names = controllers.split(",") if controllers else [""]
            if kind == "cgroup2" and names == [""]:
                second[""] = _folders(place, root, path)
            elif kind == "cgroup":
                for name in names:
                    if name and name in options:
                        first[name] = _folders(place, root, path)
    return [(1, first), (2, second)] if "memory" in first else [(2, second), (1, first)]


def _version(folders):
    """Many files are called alike in both versions; this one is in every folder of version 2 alone."""
    return 2 if any(os.path.exists(os.path.join(folder, "cgroup.controllers")) for folder in folders) else 1


def _folders(place, root, path):
    """Where the mount shows the cgroup: below its root where it is told from there, else the mount itself. Always one
    folder: what it has not must not be taken from another, which has the figures of others as well."""
    below = path[len(root) :] if root != "/" and (path + "/").startswith(root + "/") else path
    folder = os.path.join(place, below.lstrip("/"))
    return [folder if os.path.exists(os.path.join(folder, "cgroup.procs")) else place]
