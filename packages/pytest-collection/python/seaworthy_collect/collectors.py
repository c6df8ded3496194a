"""Each collector: when it was entered, how it ended, what it cost."""

import pytest

from .errors import error_of
from .gauges import cpu, now
from .rows import plain, quoted


class CollectorMeter:
    def __init__(self, recorder, sources):
        self._recorder = recorder
        self._sources = sources
        self._indexes = {}
        self._count = 0
        # What collectors cost that were collected inside of another one's collecting: wall, cpu, memory, gc runs, gc time
        self._nested = [[0, 0, 0, 0, 0]]

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_make_collect_report(self, collector):
        recorder = self._recorder
        garbage = recorder.garbage
        index = self._count
        self._count += 1
        parent = -1
        if collector.parent is not None:
            parent = self._indexes.get(id(collector.parent), -1)
        self._indexes[id(collector)] = index
        kind = quoted(plain(type(collector).__name__))
        node = quoted(plain(collector.nodeid))
        is_path = isinstance(collector, _PATHS)
        before = recorder.within
        started = now()
        opening = '"i":%d,"p":%d,"c":%s,"n":%s,"t":%d' % (index, parent, kind, node, started)
        if is_path:
            recorder.within = path = _path_of(collector)
            recorder.rows.write('{"k":"o",%s,"f":%s}' % (opening, quoted(path)))
        mark = self._sources.mark()
        nested = [0, 0, 0, 0, 0]
        self._nested.append(nested)
        used = cpu()
        held = recorder.memory.read()
        runs = garbage.counted()
        collecting = garbage.spent

        outcome = yield

        ended = now()
        resident = recorder.memory.read()
        used_until_now = cpu()
        self._sources.end_all(mark)
        self._nested.pop()
        recorder.within = before
        wall = ended - started
        used = used_until_now - used
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
        report = outcome.get_result()
        items = 0
        for node in report.result or ():
            if isinstance(node, pytest.Item):
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
            recorder.rows.write(
                '{"k":"c","i":%d,"e":%d,"a":%d,"r":%d,%s}' % (index, ended, used_until_now, resident, closing)
            )
        else:
            recorder.rows.hold('{"k":"oc",%s,%s}' % (opening, closing))


def _path_of(collector):
    path = getattr(collector, "path", None)
    return plain(collector.fspath if path is None else path)


def _paths():
    from _pytest import nodes

    kinds = [getattr(nodes, name) for name in ("FSCollector",) if hasattr(nodes, name)]
    kinds.append(pytest.Session)
    return tuple(kinds)


_PATHS = _paths()
