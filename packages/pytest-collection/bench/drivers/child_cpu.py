"""Runs a command and writes what it and its children used, user and system time in ms, as JSON on descriptor 3.

    child_cpu.py COMMAND ARGUMENT... 3>FILE
"""

import json
import os
import resource
import sys

pid = os.fork()
if pid == 0:
    os.close(3)
    os.execvp(sys.argv[1], sys.argv[1:])
_, status = os.waitpid(pid, 0)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
answer = {"cpuMs": (usage.ru_utime + usage.ru_stime) * 1000, "status": status}
os.write(3, json.dumps(answer).encode())
