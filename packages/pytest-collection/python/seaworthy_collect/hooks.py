"""What each plugin spends in each hook: every implementation is replaced by one that is timed.

Time spent in other implementations below (in what a wrapper wraps, in hooks that a hook calls) is theirs alone.
"""

from time import monotonic_ns

import pytest

from .rows import plain, row

# Memory is read again after calls that took this long, ns; what grew in shorter ones is added to the next of those.
_WORTH_A_READING = 300_000
# A reading that is not older than this serves again, ns.
_FRESH = 100_000


class HookMeter:
    def __init__(self, recorder, ours):
        self._recorder = recorder
        self._ours = ours
        self._records = {}
        # ns that implementations below the running one took
        self._below = [0]
        self._memory = [recorder.memory.read()]

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
        record = self._records.setdefault((plain(impl.plugin_name), hook), [0, 0, 0])
        if impl.hookwrapper or getattr(impl, "wrapper", False):
            timed = self._timed_wrapper(impl.function, record)
        else:
            timed = self._timed(impl.function, record)
        timed._seaworthy_timed = True
        try:
            impl.function = timed
        except AttributeError:
            pass

    def _timed(self, function, record):
        clock, below, account = monotonic_ns, self._below, self._account

        def timed(*arguments):
            __tracebackhide__ = True
            outer = below[0]
            below[0] = 0
            started = clock()
            try:
                return function(*arguments)
            finally:
                took = clock() - started
                record[0] += 1
                record[1] += took - below[0]
                below[0] = outer + took
                if took > _WORTH_A_READING:
                    account(record)

        return timed

    def _timed_wrapper(self, function, record):
        clock, below, account = monotonic_ns, self._below, self._account

        def begin():
            outer = below[0]
            below[0] = 0
            return outer, clock()

        def end(state):
            took = clock() - state[1]
            record[1] += took - below[0]
            below[0] = state[0] + took
            if took > _WORTH_A_READING:
                account(record)

        def timed(*arguments):
            __tracebackhide__ = True
            record[0] += 1
            state = begin()
            try:
                generator = function(*arguments)
                first = next(generator)
            except StopIteration:
                return None  # pluggy says that it did not yield
            finally:
                end(state)
            try:
                result = yield first
            except GeneratorExit:
                generator.close()
                raise
            except BaseException as error:
                state = begin()
                try:
                    second = generator.throw(error)
                except StopIteration as stop:
                    return stop.value
                finally:
                    end(state)
            else:
                state = begin()
                try:
                    second = generator.send(result)
                except StopIteration as stop:
                    return stop.value
                finally:
                    end(state)
            try:
                yield second  # pluggy says that it yielded twice
            finally:
                generator.close()

        return timed

    def _account(self, record):
        recorder = self._recorder
        if monotonic_ns() - recorder.read_at > _FRESH:
            recorder.read()
        record[2] += recorder.resident - self._memory[0]
        self._memory[0] = recorder.resident

    def tell(self):
        for (plugin, hook), (calls, spent, memory) in sorted(self._records.items()):
            if calls:
                self._recorder.rows.hold(row("h", p=plugin, h=hook, n=calls, w=spent // 1000, m=memory))
