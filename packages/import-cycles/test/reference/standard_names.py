"""Top-level names of the standard library of this Python and others."""

import os
import sys

# Top-level names that some Python from 3.8 to 3.15 has and this one may not.
OTHER_VERSIONS = set(
    """_bootlocale _dummy_thread _hmac _interpchannels _interpqueues _interpreters _ios_support _pyrepl
    _remote_debugging _sysconfig _types _zstd annotationlib asynchat asyncore binhex compression distutils
    dummy_threading formatter graphlib imp lib2to3 macpath parser profiling smtpd symbol tomllib zoneinfo""".split()
)


def standard_names():
    names = getattr(sys, "stdlib_module_names", None)
    if names is not None:
        return set(names) | OTHER_VERSIONS
    folder = os.path.dirname(os.__file__)
    found = {name.split(".")[0] for name in os.listdir(folder)}
    dynamic = os.path.join(folder, "lib-dynload")
    if os.path.isdir(dynamic):
        found.update(name.split(".")[0] for name in os.listdir(dynamic))
    return found | set(sys.builtin_module_names) | OTHER_VERSIONS


STANDARD = standard_names()
