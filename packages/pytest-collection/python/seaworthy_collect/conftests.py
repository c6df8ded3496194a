"""What each conftest.py costs, by standing around the function of pytest that imports one."""

from .gauges import cpu, now
from .rows import plain, quoted


class ConftestMeter:
    def __init__(self, recorder, sources):
        self._recorder = recorder
        self._sources = sources
        self._done = set()

    def install(self):
        from _pytest.config import PytestPluginManager

        original = self._recorder.private(PytestPluginManager, "_importconftest", "no conftests are recorded")
        if original is None:
            return
        measured, done = self._measured, self._done

        def _importconftest(manager, conftestpath, *rest, **named):
            __tracebackhide__ = True
            path = plain(conftestpath)
            if path in done:
                return original(manager, conftestpath, *rest, **named)
            return measured(original, path, manager, conftestpath, *rest, **named)

        PytestPluginManager._importconftest = _importconftest

    def _measured(self, original, path, *rest, **named):
        __tracebackhide__ = True
        recorder = self._recorder
        self._done.add(path)
        before = recorder.within
        recorder.within = path
        started, used, held = now(), cpu(), recorder.memory.read()
        recorder.rows.write('{"k":"fo","f":%s,"t":%d}' % (quoted(path), started))
        mark = self._sources.mark()
        failed = True
        try:
            module = original(*rest, **named)
            failed = False
            return module
        except Exception:
            self._done.discard(path)
            raise
        except BaseException:
            recorder.broken()
            raise
        finally:
            resident = recorder.memory.read()
            self._sources.end_all(mark)
            recorder.within = before
            recorder.rows.write(
                '{"k":"fc","f":%s,"t":%d,"e":%d,"u":%d,"m":%d,"r":%d,"bad":%d}'
                % (quoted(path), started, now(), cpu() - used, resident - held, resident, failed)
            )
