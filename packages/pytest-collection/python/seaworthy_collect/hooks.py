"""What each plugin spends in each hook: every implementation is replaced by one that is timed.

Time spent in other implementations below (in what a wrapper wraps, in hooks that a hook calls) is theirs alone.
"""

from time import monotonic_ns

import pytest

from .gauges import FRESH_TO_HOOKS, WORTH_A_READING
from .rows import plain, row


class HookMeter:
    def __init__(self, recorder, ours):
        self._recorder = recorder
        self._ours = ours
        # By plugin and hook: what gives calls and time of each implementation, and the memory of all of them
        self._records = {}
        self._timed, self._timed_wrapper = _timers(monotonic_ns, self._account)
        self._memory = recorder.memory.read()

    @pytest.hookimpl(tryfirst=True)
    def pytest_plugin_registered(self, plugin, manager):
        """Historic: told of the plugins that were there before as well."""
        if plugin is self._ours:
            return
        for caller in manager.get_hookcallers(plugin) or ():
            for impl in list(caller.get_hookimpls()):
                if impl.plugin is plugin and not hasattr(impl.function, "_seaworthy_timed"):
                    self._replace(impl, caller.name)

    def _replace(self, impl, hook):
        record = self._records.setdefault((plain(impl.plugin_name), hook), [[], 0])
        if impl.hookwrapper or getattr(impl, "wrapper", False):
            timed, used = self._timed_wrapper(impl.function, record)
        else:
            timed, used = self._timed(impl.function, record)
        record[0].append(used)
        timed._seaworthy_timed = True
        try:
            impl.function = timed
        except AttributeError:
            pass

    def _account(self, record):
        recorder = self._recorder
        if monotonic_ns() - recorder.read_at > FRESH_TO_HOOKS:
            recorder.read()
        record[1] += recorder.resident - self._memory
        self._memory = recorder.resident

    def tell(self):
        for (plugin, hook), (uses, memory) in sorted(self._records.items()):
            calls, spent = map(sum, zip(*(used() for used in uses)))
            if calls:
                self._recorder.rows.hold(row("h", p=plugin, h=hook, n=calls, w=spent // 1000, m=memory))


def _timers(clock, account):
    """What makes a timed function, and a timed wrapper. Variables that they share are quicker than those of objects."""
    # ns that were charged to some implementation so far: what grew meanwhile was not spent by whoever runs
    charged = 0

    def timed_function(function, record):
        calls = spent = 0

        def timed(*arguments):
            __tracebackhide__ = True
            nonlocal charged, calls, spent
            before = charged
            started = clock()
            try:
                return function(*arguments)
            finally:
                took = clock() - started
                calls += 1
                spent += took - charged + before
                charged = before + took
                if took > WORTH_A_READING:
                    account(record)

        return timed, lambda: (calls, spent)

    def timed_wrapper(function, record):
        calls = spent = 0

        def end(before, started):
            nonlocal charged, spent
            took = clock() - started
            spent += took - charged + before
            charged = before + took
            if took > WORTH_A_READING:
                account(record)

        def timed(*arguments):
            __tracebackhide__ = True
            nonlocal calls
            calls += 1
            before, started = charged, clock()
            try:
                generator = function(*arguments)
                first = next(generator)
            except StopIteration:
                return None  # pluggy says that it did not yield
            finally:
                end(before, started)
            try:
                result = yield first
            except GeneratorExit:
                generator.close()
                raise
            except BaseException as error:
                before, started = charged, clock()
                try:
                    second = generator.throw(error)
                except StopIteration as stop:
                    return stop.value
                finally:
                    end(before, started)
            else:
                before, started = charged, clock()
                try:
                    second = generator.send(result)
                except StopIteration as stop:
                    return stop.value
                finally:
                    end(before, started)
            try:
                yield second  # pluggy says that it yielded twice
            finally:
                generator.close()

        return timed, lambda: (calls, spent)

    return timed_function, timed_wrapper
