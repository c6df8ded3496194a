"""What all parts of the recording share: the rows, the gauges, and where the process is."""

from time import monotonic_ns, process_time_ns

from . import gauges
from .errors import own_traceback_of
from .garbage import GarbageMeter
from .position import PositionPage
from .rows import RowWriter, plain, row
from .stacks import StackFile

_MOST_FAULTS = 20


class Recorder:
    def __init__(self, path):
        self.rows = RowWriter(path)
        self.memory = gauges.ResidentMemory()
        self.garbage = GarbageMeter()
        self.page = PositionPage(path + ".importing")
        self.stacks = StackFile(path + ".stacks")
        self.rows.when_reopened += [self.memory.open, self.stacks.reopen]
        self.rows.when_broken = self.page.rows_broken
        self._faults = set()
        # Absolute path of the test file or conftest that is being executed.
        self.within = None
        # The module whose import the first exception that ends a run came out of.
        self.broken_import = None
        # The last reading of the gauges: when (ns), CPU time (us), resident memory (bytes)
        self.read_at = self.cpu = self.resident = 0
        self._phase = None
        self._broken = False

    @property
    def descriptors(self):
        return (self.rows.descriptor, self.memory._fd, self.stacks.descriptor)

    def read(self):
        self.cpu = process_time_ns() // 1000
        self.resident = self.memory.read()
        self.read_at = monotonic_ns()

    def tell(self, kind, **fields):
        self.rows.write(row(kind, **fields))

    def attempt(self, function, *arguments):
        """A project can be stranger than we think: that must not be its own problem."""
        try:
            return function(*arguments)
        except Exception as error:
            self.failed(function, error)
            return None

    def failed(self, function, error):
        self.fault("%s failed with %s" % (function.__qualname__, plain(type(error).__name__)), error)

    def fault(self, what, error=None):
        """Something that is missing in the recording, by our own fault. Each is told once, and no more than a few."""
        if what not in self._faults and len(self._faults) < _MOST_FAULTS:
            self._faults.add(what)
            self.tell("fault", what=what, traceback=None if error is None else own_traceback_of(error))

    def private(self, owner, name, consequence):
        """What is not public in pytest or Python may be gone in another version: then it is None, and that is told."""
        found = getattr(owner, name, None)
        if found is None:
            self.fault("%s: there is no %s.%s" % (consequence, getattr(owner, "__name__", owner), name))
        return found

    def state(self, kind, **fields):
        """A row with everything that is known about the process's use of the machine."""
        fields.update(
            t=gauges.now(),
            cpu=gauges.cpu(),
            rss=self.memory.read(),
            hwm=gauges.high_water_mark(),
            gc=self.garbage.totals(),
        )
        self.tell(kind, **fields)

    def broken(self):
        """Something is on its way up that ends the run: where it began is told before anything is cleaned up."""
        if not self._broken:
            self._broken = True
            self.tell("broke", t=gauges.now(), importing=self.broken_import)

    def phase(self, name):
        if self._phase != name:
            self._phase = name
            self.state("phase", name=name)
