"""The plugin that pytest is given: everything that listens to it, as one."""

from . import gauges
from .collectors import CollectorMeter
from .conftests import ConftestMeter
from .leftovers import leftovers
from .session import SessionMeter
from .sources import SourceMeter


class CollectionPlugin:
    __name__ = "seaworthy-collect"

    def __init__(self, recorder, imports, private, with_hooks):
        self._recorder = recorder
        sources = SourceMeter(recorder, imports, private)
        self._session = SessionMeter(recorder, self)
        installs = [sources.install, ConftestMeter(recorder, sources).install, self._session.install]
        if private is not None:
            installs += [private.install_rewriter, private.install_cache]
        for install in installs:
            recorder.attempt(install)
        collectors = CollectorMeter(recorder, sources)
        self.hooks = None
        if with_hooks:
            from .hooks import HookMeter

            self.hooks = HookMeter(recorder, self)
        for part in (self._session, collectors, self.hooks):
            for name in dir(part):
                if name.startswith("pytest_"):
                    setattr(self, name, getattr(part, name))

    def over(self):
        if self.hooks is not None:
            self.hooks.tell()

    def ended_by(self, error):
        self._session.stopped_by(error)
        self.over()
        self._recorder.tell("ended", t=gauges.now(), status=_status(error))

    def exit(self):
        recorder = self._recorder
        recorder.phase("exit")
        if not recorder.rows.silent:
            recorder.tell("left", t=gauges.now(), **leftovers(recorder.descriptors))


def _status(error):
    """What Python makes of an exception that nobody catches."""
    if isinstance(error, SystemExit):
        return 0 if error.code is None else error.code if isinstance(error.code, int) else 1
    return 130 if isinstance(error, KeyboardInterrupt) else 1
