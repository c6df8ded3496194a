"""From the start of the interpreter to pytest's main, and from there to the exit."""

import atexit
import os
import sys

from . import gauges
from .imports import ImportMeter
from .recorder import Recorder


class _Options:
    rows = detail = bytecode_folder = bytecode_root = None
    invocation = "pytest"
    arguments = ()

    def __init__(self, arguments):
        end = arguments.index("--")
        for name, value in zip(arguments[0:end:2], arguments[1:end:2]):
            setattr(self, name[2:].replace("-", "_"), value)
        self.arguments = arguments[end + 1 :]


def main(arguments, started, safe_path):
    options = _Options(arguments)
    recorder = Recorder(os.path.abspath(options.rows))
    version = sys.version_info
    recorder.tell(
        "python",
        t=started,
        executable=sys.executable,
        version="%d.%d.%d" % version[:3],
        implementation=sys.implementation.name,
        pid=os.getpid(),
        nobc=bool(sys.dont_write_bytecode),
    )
    pid = os.getpid()

    def last_words():
        if os.getpid() == pid:
            recorder.state("last")

    # Registered first, so called last.
    atexit.register(last_words)
    _disguise(options, safe_path)
    private = None
    if options.bytecode_folder:
        from .bytecode import PrivateBytecode

        private = PrivateBytecode(options.bytecode_folder, options.bytecode_root, recorder)
        recorder.attempt(private.install_imports)
    imports = ImportMeter(recorder)
    recorder.attempt(imports.install)
    recorder.phase("import")
    pytest = _import_pytest(recorder)
    if pytest is None:
        return 1
    recorder.phase("configure")
    recorder.attempt(_adopt_main, options)
    plugin = recorder.attempt(_make_plugin, recorder, imports, private, options.detail == "hooks")
    try:
        # As pytest.console_main does
        code = pytest.main(plugins=[] if plugin is None else [plugin])
        if plugin is not None:
            plugin.over()
        recorder.tell("ended", t=gauges.now(), status=int(code))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except BaseException as error:
        if plugin is not None:
            plugin.ended_by(error)
        raise
    finally:
        if plugin is not None:
            plugin.exit()
    return code


def _make_plugin(*arguments):
    """Knows much of pytest's inside, and so may fail with one that is not known yet: then pytest collects without it."""
    from .plugin import CollectionPlugin

    return CollectionPlugin(*arguments)


def _disguise(options, safe_path):
    """sys.path and sys.argv as `pytest` and `python -m pytest` have them."""
    arguments = ["--collect-only"] + list(options.arguments)
    programs = os.path.dirname(sys.executable)
    if options.invocation == "module":
        if not safe_path:
            sys.path.insert(0, os.getcwd())
        sys.argv[:] = ["-m"] + arguments
        if hasattr(sys, "orig_argv"):
            sys.orig_argv[:] = [sys.executable, "-m", "pytest"] + arguments
    else:
        if not safe_path:
            sys.path.insert(0, programs)
        sys.argv[:] = [os.path.join(programs, "pytest")] + arguments
        if hasattr(sys, "orig_argv"):
            sys.orig_argv[:] = [sys.executable] + sys.argv


def _adopt_main(options):
    """__main__ as it would be, which multiprocessing, pickle and debuggers look at."""
    import importlib.util

    main = type(sys)("__main__")
    script = sys.argv[0]
    if options.invocation == "module":
        spec = importlib.util.find_spec("pytest.__main__")
        if spec is None:
            return
        script = sys.argv[0] = spec.origin
        main.__spec__, main.__package__, main.__loader__ = spec, "pytest", spec.loader
    elif not os.path.isfile(script):
        return
    main.__file__ = script
    main.__builtins__ = sys.modules["builtins"]
    # The old one is still running.
    sys.modules[__package__].main_module = sys.modules["__main__"]
    sys.modules["__main__"] = main


def _import_pytest(recorder):
    try:
        import pytest
    except ModuleNotFoundError as error:
        if error.name != "pytest":
            _tell_no_pytest(recorder, error)
            raise
        message = "No module named pytest"
    except Exception as error:
        _tell_no_pytest(recorder, error)
        raise
    else:
        version = getattr(pytest, "__version__", None)
        if version is None or not hasattr(pytest, "main"):
            message = "What is imported as pytest from %s is not pytest" % (getattr(pytest, "__file__", None) or getattr(pytest, "__path__", "somewhere"),)
        else:
            major = version.split(".")[0]
            if not major.isdigit() or int(major) >= 6:
                return pytest
            message = "pytest %s is too old: 6 or newer is needed" % version
    recorder.tell("no-pytest", t=gauges.now(), message=message)
    sys.stderr.write("%s: %s\n" % (sys.executable, message))
    return None


def _tell_no_pytest(recorder, error):
    recorder.tell("no-pytest", t=gauges.now(), message="pytest cannot be imported: %s: %s" % (type(error).__name__, error))
