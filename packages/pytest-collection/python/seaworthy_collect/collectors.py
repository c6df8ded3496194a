"""Each collector: when it was entered, how it ended, what it cost."""

import pytest

from .errors import error_of
from .gauges import now
from .rows import plain, quoted


class CollectorMeter:
    def __init__(self, recorder, sources):
        self._recorder = recorder
        self._sources = sources
        self._indexes = {}
        self._count = 0
        # By class: pytest's are abstract ones, of which isinstance takes its time
        self._is_item = {}
        self._is_path = {}
        # What collectors cost that were collected inside of another one's collecting: wall, cpu, memory, gc runs, gc time
        self._nested = [[0, 0, 0, 0, 0]]

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_make_collect_report(self, collector):
        entered = self._recorder.attempt(self._enter, collector)
        outcome = yield
        if entered is not None:
            self._recorder.attempt(self._leave, collector, entered, outcome)

    def _enter(self, collector):
        recorder = self._recorder
        index = self._count
        parent = -1
        if collector.parent is not None:
            parent = self._indexes.get(id(collector.parent), -1)
        started = now()
        opening = '"i":%d,"p":%d,"c":%s,"n":%s,"t":%d' % (
            index,
            parent,
            quoted(plain(type(collector).__name__)),
            quoted(plain(collector.nodeid)),
            started,
        )
        kind = type(collector)
        is_path = self._is_path.get(kind)
        if is_path is None:
            is_path = self._is_path[kind] = issubclass(kind, _PATHS)
        path = _path_of(collector) if is_path else None
        garbage = recorder.garbage
        recorder.read()
        readings = recorder.cpu, recorder.resident, garbage.counted(), garbage.spent
        before = recorder.within
        mark = self._sources.mark()
        # From here on nothing fails: what is changed below is what _leave takes back.
        self._count = index + 1
        self._indexes[id(collector)] = index
        nested = [0, 0, 0, 0, 0]
        self._nested.append(nested)
        if is_path:
            recorder.within = path
            recorder.rows.write('{"k":"o",%s,"f":%s}' % (opening, quoted(path)))
        return index, opening, is_path, before, started, mark, nested, readings

    def _leave(self, collector, entered, outcome):
        recorder = self._recorder
        garbage = recorder.garbage
        index, opening, is_path, before, started, mark, nested, (used, held, runs, collecting) = entered
        # Taken back before anything that could fail
        recorder.within = before
        opened = self._nested
        while opened.pop() is not nested:
            pass  # one that was interrupted before it was left
        ended = now()
        recorder.read()
        resident, cpu_now = recorder.resident, recorder.cpu
        self._sources.end_all(mark)
        wall = ended - started
        used = cpu_now - used
        grown = resident - held
        runs = garbage.counted() - runs
        collecting = (garbage.spent - collecting) // 1000
        above = self._nested[-1]
        above[0] += wall
        above[1] += used
        above[2] += grown
        above[3] += runs
        above[4] += collecting
        if outcome.excinfo is not None:
            # Not the collector's own failure, which makes a report: something that ends the session.
            if not is_path:
                recorder.rows.hold('{"k":"o",%s}' % opening)
            recorder.broken()
            return
        recorder.broken_import = None
        report = outcome.get_result()
        found = report.result or ()
        items = 0
        is_item = self._is_item
        if type(found) is not list and not isinstance(found, (list, tuple)):
            # A plugin's: looking at it could use it up.
            recorder.fault("tests of %s are not counted one by one: what it found is no list" % plain(type(collector).__name__))
            found = ()
        for node in found:
            kind = type(node)
            if is_item[kind] if kind in is_item else is_item.setdefault(kind, issubclass(kind, pytest.Item)):
                items += 1
        closing = '"w":%d,"u":%d,"m":%d,"g":%d,"gt":%d,"x":%s,"q":%d' % (
            wall - nested[0],
            used - nested[1],
            grown - nested[2],
            runs - nested[3],
            collecting - nested[4],
            quoted(plain(report.outcome)),
            items,
        )
        if report.outcome == "failed":
            recorder.rows.hold(error_of(collector, report))
        if is_path:
            # With the next row, which comes at once: half as much to write
            recorder.rows.hold('{"k":"c","i":%d,"e":%d,"a":%d,"r":%d,%s}' % (index, ended, cpu_now, resident, closing))
        else:
            recorder.rows.hold('{"k":"oc",%s,%s}' % (opening, closing))


def _path_of(collector):
    path = getattr(collector, "path", None)
    return plain(collector.fspath if path is None else path)


def _path_collectors():
    """pytest.File, and pytest's base class of files and folders, where it has one."""
    try:
        from _pytest import nodes

        more = (nodes.FSCollector,)
    except (ImportError, AttributeError):
        more = tuple(getattr(pytest, name) for name in ("Dir", "Package") if hasattr(pytest, name))
    return (pytest.Session, pytest.File) + more


_PATHS = _path_collectors()
