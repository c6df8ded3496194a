"""What all parts of the recording share: the rows, the gauges, and where the process is."""

from time import monotonic_ns, process_time_ns

from . import gauges
from .errors import traceback_of
from .garbage import GarbageMeter
from .position import PositionPage
from .rows import RowWriter, row
from .stacks import StackFile


class Recorder:
    def __init__(self, path):
        self.rows = RowWriter(path)
        self.memory = gauges.ResidentMemory()
        self.garbage = GarbageMeter()
        self.page = PositionPage(path + ".importing")
        self.stacks = StackFile(path + ".stacks")
        self.rows.when_reopened += [self.memory.open, self.stacks.reopen]
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
            self.tell("fault", what=traceback_of(error))
            return None

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
