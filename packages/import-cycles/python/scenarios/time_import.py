"""Time one import in this fresh interpreter.

    time_import.py FOLDER MODULE

Prints one JSON object: processor and elapsed time of the import alone (start-up of the interpreter is not in it),
the peak resident memory of the process, how many of FOLDER's modules were executed, whether their bytecode was there
already, and the error, if one came out.
"""

import json
import os
import sys
import time

folder, entry = os.path.realpath(sys.argv[1]), sys.argv[2]

# What the timed modules print must not mix with the result.
channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)


def peak_bytes():
    """VmHWM belongs to this program alone; ru_maxrss would also count the process that started it."""
    try:
        with open("/proc/self/status", encoding="ascii", errors="replace") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


sys.path.insert(0, folder)
error = None
cpu, wall = time.process_time_ns(), time.perf_counter_ns()
try:
    __import__(entry)
except BaseException as raised:  # what a module raises at import is the result, whatever it is
    error = {"type": type(raised).__name__, "message": str(raised)}
wall, cpu = time.perf_counter_ns() - wall, time.process_time_ns() - cpu

own = [
    module.__spec__
    for module in list(sys.modules.values())
    if (getattr(module, "__file__", None) or "").startswith(folder + os.sep)
]
result = {
    "cpuMs": cpu / 1e6,
    "wallMs": wall / 1e6,
    "peakBytes": peak_bytes(),
    "executed": len(own),
    "cached": sum(1 for spec in own if spec.cached and os.path.exists(spec.cached)),
    "error": error,
}
json.dump(result, channel)
channel.close()
