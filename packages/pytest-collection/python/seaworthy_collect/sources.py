"""Where the code of test modules and conftests comes from, by watching pytest's rewriter of assertions.

exec_module of the rewriter calls, in this order: _read_pyc; where that has nothing, _rewrite_test (which ends in compile)
and _write_pyc; then exec. Replacing those that return before exec, and noticing the end of the import, keeps the stack
of a test module that fails as it is.
"""

from time import monotonic_ns

from .rows import quoted

_HIDDEN = "<frozen importlib._bootstrap>"


class SourceMeter:
    def __init__(self, recorder, imports, private):
        self._recorder = recorder
        self._imports = imports
        self._private = private
        # path (None where nobody asks for it), hit, written, ns of rewriting, when its code began to run, depth of the import
        self._open = []

    def install(self):
        from _pytest.assertion import rewrite

        consequence = "rewriting and executing test files are not told apart"
        read = self._recorder.private(rewrite, "_read_pyc", consequence)
        write = self._recorder.private(rewrite, "_write_pyc", consequence)
        if read is None or write is None:
            return
        private = self._private
        recorder = self._recorder
        opened = self._open
        stack = self._imports.stack

        def _read_pyc(source, pyc, *rest, **named):
            at = monotonic_ns()
            code = read(source, pyc, *rest, **named)
            path = str(source)
            within = recorder.within
            if within is None or not within.endswith(path[path.rfind("/") :]):
                path = None  # a plugin or a helper that is rewritten too
            opened.append([path, code is not None, False, 0, at, len(stack)])
            if code is not None:
                opened[-1][4] = monotonic_ns()
            return code

        def _compile(*arguments, **named):
            code = compile(*arguments, **named)
            if opened:
                entry = opened[-1]
                at = monotonic_ns()
                entry[3] += at - entry[4]
                entry[4] = at
            return code

        def _write_pyc(state, co, source_stat, pyc, *rest, **named):
            if private is not None:
                pyc = private.place_to_write(pyc)
            written = write(state, co, source_stat, pyc, *rest, **named)
            if opened:
                opened[-1][2] = bool(written)
                opened[-1][4] = monotonic_ns()
            return written

        for function in (_read_pyc, _compile, _write_pyc):
            function.__code__ = function.__code__.replace(co_filename=_HIDDEN)
        rewrite._read_pyc = _read_pyc
        rewrite._write_pyc = _write_pyc
        rewrite.compile = _compile
        self._imports.when_ended = self.end_below

    def end_below(self, depth, at):
        """The imports at this depth and below have ended, and so have their modules' executions."""
        opened = self._open
        while opened and opened[-1][5] > depth:
            self._end(opened.pop(), at)

    def end_all(self, mark):
        """For modules that were loaded without the import system (--import-mode=importlib)."""
        opened = self._open
        if len(opened) > mark:
            at = monotonic_ns()
            while len(opened) > mark:
                self._end(opened.pop(), at)

    def mark(self):
        return len(self._open)

    def _end(self, entry, at):
        if entry[0] is None:
            return
        if not entry[1] and entry[3] == 0:  # not even a module: a syntax error, say
            entry[3] = at - entry[4]
            entry[4] = at
        self._recorder.rows.hold(
            '{"k":"s","f":%s,"h":%d,"wr":%d,"rw":%d,"ex":%d}'
            % (quoted(entry[0]), entry[1], entry[2], entry[3] // 1000, (at - entry[4]) // 1000)
        )
