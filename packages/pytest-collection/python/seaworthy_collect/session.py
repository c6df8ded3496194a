"""The phases of a session, what it found, and why it ended."""

import pytest

from .errors import blamed, described, traceback_of
from .facts import plugins, pytest_facts
from .gauges import now
from .items import Census, hashes


class SessionMeter:
    def __init__(self, recorder, plugin):
        self._recorder = recorder
        self._plugin = plugin
        self._census = None
        self._stopped = False
        self._known_plugins = set()

    def install(self):
        """What goes wrong before there is a session passes here."""
        import _pytest.config as config

        original = self._recorder.private(config, "_prepareconfig", "an end before the session may lack its reason")
        if original is None:
            return

        def _prepareconfig(*rest, **named):
            try:
                return original(*rest, **named)
            except BaseException as error:
                self.stopped_by(error)
                raise

        config._prepareconfig = _prepareconfig

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config):
        # pytest's own plugin has just taken the stacks of a crash for itself.
        self._recorder.stacks.register()

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_cmdline_main(self, config):
        outcome = yield
        if outcome.excinfo is not None:
            self.stopped_by(outcome.excinfo[1])

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_collection(self, session):
        recorder = self._recorder
        recorder.attempt(self._tell_facts, session.config)
        recorder.phase("collect")
        outcome = yield
        if outcome.excinfo is None:
            recorder.attempt(self._tell_items, session)
        else:
            recorder.broken()
            error = outcome.excinfo[1]
            if isinstance(error, (session.Failed, session.Interrupted)):
                self.stopped_by(error)
        recorder.phase("report")
        recorder.attempt(self._tell_late_plugins, session.config)

    def _tell_facts(self, config):
        facts = pytest_facts(config, self._plugin)
        self._known_plugins = {plugin["name"] for plugin in facts["plugins"]}
        self._recorder.tell("pytest", **facts)

    def _tell_late_plugins(self, config):
        """Conftests below the first folders, and what they register."""
        late = plugins(config.pluginmanager, (), self._plugin, self._known_plugins)
        if late:
            self._recorder.tell("plugins", plugins=late)

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(self, items):
        self._recorder.phase("modify")
        self._census = self._recorder.attempt(Census, items)
        outcome = yield
        if outcome.excinfo is None:
            self._recorder.phase("report")
        else:
            self._recorder.broken()

    def _tell_items(self, session):
        census, self._census = self._census, None
        if census is None:
            return
        left = census.counts_of(session.items)
        found = dict(census.counts)
        for path, count in left.items():
            if found.get(path, 0) < count:  # made by a plugin's pytest_collection_modifyitems
                found[path] = count
        parametrized = {path: (count, len(functions)) for path, (count, functions) in census.parametrized.items()}
        ordered, by_name = hashes(session.items)
        self._recorder.tell(
            "items",
            found=sum(found.values()),
            left=sum(left.values()),
            hash=ordered,
            sorted=by_name,
            files=[
                [path, count, count - left.get(path, 0), *parametrized.get(path, ())] for path, count in found.items()
            ],
        )

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_sessionfinish(self):
        self._recorder.phase("report")
        yield
        self._recorder.phase("unconfigure")

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_unconfigure(self):
        self._recorder.phase("unconfigure")
        yield
        # Where pytest's own plugin has just switched it off
        self._recorder.stacks.register()

    @pytest.hookimpl(tryfirst=True)
    def pytest_keyboard_interrupt(self, excinfo):
        self.stopped_by(excinfo.value)

    @pytest.hookimpl(tryfirst=True)
    def pytest_internalerror(self, excinfo):
        self.stopped_by(excinfo.value, "internal-error")

    def stopped_by(self, error, kind=None):
        """The first reason counts: what follows are its consequences."""
        self._recorder.broken()
        if self._stopped:
            return
        self._stopped = True
        self._recorder.attempt(self._tell_stop, error, kind or _kind_of(error))

    def _tell_stop(self, error, kind):
        name, message, raised_in, line = described(error)
        file_of_blame, line_of_blame = blamed(error)
        if file_of_blame is not None and not isinstance(error, SyntaxError):
            raised_in, line = file_of_blame, line_of_blame
        fields = {"why": kind, "reason": "%s: %s" % (name, message) if message else name}
        if kind == "usage-error":
            fields["reason"] = "\n".join(map(str, error.args))
        elif kind == "stopped" or isinstance(error, pytest.exit.Exception):
            fields["reason"] = message
        if kind == "internal-error":
            fields["traceback"] = traceback_of(error)
        if kind != "usage-error":
            fields["f"], fields["l"] = raised_in, line
        self._recorder.tell("stop", t=now(), **fields)


def _kind_of(error):
    if isinstance(error, pytest.UsageError):
        return "usage-error"
    if isinstance(error, (pytest.Session.Interrupted, pytest.Session.Failed)):
        return "stopped"
    if isinstance(error, KeyboardInterrupt):
        return "interrupted"
    if isinstance(error, (pytest.exit.Exception, SystemExit)):
        return "exit"
    return "internal-error"
