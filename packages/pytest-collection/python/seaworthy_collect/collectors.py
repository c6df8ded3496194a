"""Each collector: when it was entered, how it ended, what it cost."""

from time import monotonic_ns

import pytest

from .errors import error_of
from .rows import plain, quoted


class CollectorMeter:
    def __init__(self, recorder, sources):
        self._recorder = recorder
        self._sources = sources
        self._indexes = {}
        self._count = 0
        # By class: its name, quoted, and whether it is of a path. pytest's are abstract ones, of which isinstance takes its time
        self._kinds = {}
        self._is_item = {}
        # What collectors cost that were collected inside of another one's collecting: wall, cpu, memory, gc runs, gc time
        self._nested = [[0, 0, 0, 0, 0]]

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_make_collect_report(self, collector):
        try:
            entered = self._enter(collector)
        except Exception as error:
            self._recorder.failed(self._enter, error)
            entered = None
        outcome = yield
        if entered is not None:
            try:
                self._leave(collector, entered, outcome)
            except Exception as error:
                self._recorder.failed(self._leave, error)

    def _enter(self, collector):
        recorder = self._recorder
        index = self._count
        above = collector.parent
        node_id = collector.nodeid
        started = monotonic_ns() // 1000
        kind = type(collector)
        known = self._kinds.get(kind)
        if known is None:
            known = self._kinds[kind] = quoted(plain(kind.__name__)), issubclass(kind, _PATHS)
        name, is_path = known
        opening = '"i":%d,"p":%d,"c":%s,"n":%s,"t":%d' % (
            index,
            -1 if above is None else self._indexes.get(id(above), -1),
            name,
            quoted(node_id if type(node_id) is str else plain(node_id)),
            started,
        )
        path = _path_of(collector) if is_path else None
        line = '{"k":"o",%s,"f":%s}' % (opening, quoted(path)) if is_path else None
        garbage = recorder.garbage
        if garbage.times:
            garbage.settle()
        recorder.read()
        readings = recorder.cpu, recorder.resident, garbage.runs, garbage.spent
        before = recorder.within
        mark = self._sources.mark()
        # From here on nothing fails: what is changed below is what _leave takes back.
        self._count = index + 1
        self._indexes[id(collector)] = index
        nested = [0, 0, 0, 0, 0]
        self._nested.append(nested)
        if is_path:
            recorder.within = path
            recorder.rows.write(line)
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
        ended = monotonic_ns() // 1000
        recorder.read()
        resident, cpu_now = recorder.resident, recorder.cpu
        if garbage.times:
            garbage.settle()
        self._sources.end_all(mark)
        wall = ended - started
        used = cpu_now - used
        grown = resident - held
        runs = garbage.runs - runs
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
        how = report.outcome
        closing = '"w":%d,"u":%d,"m":%d,"g":%d,"gt":%d,"x":%s,"q":%d' % (
            wall - nested[0],
            used - nested[1],
            grown - nested[2],
            runs - nested[3],
            collecting - nested[4],
            '"passed"' if how == "passed" else quoted(plain(how)),
            items,
        )
        if how == "failed":
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
