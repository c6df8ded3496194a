"""Runs a command in a container, on behalf of a tool outside of it.

    python3 -I -S collect_in_container.py FOLDER STANDARD_INPUT STANDARD_OUTPUT STANDARD_ERROR OPENED... [--unset NAME]...
                                          -- COMMAND...

Starts the command in FOLDER, in a process group of its own, and says what becomes of it: JSON, a line each, on standard
output. What the command prints goes to the two files; what it reads comes from the other. Listens on standard input, a line each:

    signal NUMBER        to the group of the command
    signal NUMBER PID    to one process
    finish               ends what is left of the command's processes, and tells which those were

At the end of standard input everything is ended: the engine closes it when the tool is gone, whoever killed it. As the
first process of the container (or the child of the engine's init program) it also reaps what nobody waits for, and its
own end is that of all others. The folders OPENED are given to everyone at the end, since whoever reads and removes them
outside may be another user.

Standard library only, Python 3.8-3.14; imports as little as possible, since its memory counts as the collection's.
"""

import errno
import os
import select
import signal
import sys
import time

# Processes that see their parent go (a resource tracker, say) end by themselves within this time, s.
_LET_GO = 1.0
_NOT_STARTED = 127


def tell(line):
    data = (line + "\n").encode("ascii")
    while data:
        data = data[os.write(1, data) :]


def text(value):
    from _json import encode_basestring_ascii

    return encode_basestring_ascii(value)


def now():
    return time.monotonic_ns()


class Collection:
    def __init__(self, folder, files, opened, command):
        self.folder = folder
        self.files = files
        self.opened = opened
        self.command = command
        self.pid = 0
        self.ended = False

    def start(self):
        failed, fail = os.pipe()
        at = now()
        used = time.process_time_ns()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(failed)
            self._become(fail)
        os.close(fail)
        problem = b""
        while True:
            part = os.read(failed, 4096)
            if not part:
                break
            problem += part
        os.close(failed)
        if problem:
            kind, _, words = problem.decode("utf-8", "replace").partition(" ")
            tell('{"k":"problem","at":%s,"errno":%s,"what":%s}' % (text(kind.partition(":")[0]), kind.partition(":")[2], text(words)))
        else:
            tell('{"k":"started","pid":%d,"own":%d,"at":%d,"used":%d}' % (self.pid, os.getpid(), at, used))
        return not problem

    def _become(self, fail):
        """The command, in place of this process. Ends it in any case."""
        step = "start"
        try:
            os.setsid()
            step = "files"
            for number, path in enumerate(self.files):
                file = os.open(path, os.O_WRONLY | os.O_APPEND if number else os.O_RDONLY)
                os.dup2(file, number)
                os.close(file)
            for name in ("SIGPIPE", "SIGXFSZ", "SIGTERM", "SIGINT", "SIGHUP"):
                signal.signal(getattr(signal, name), signal.SIG_DFL)
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            step = "folder"
            os.chdir(self.folder)
            step = "command"
            os.execvp(self.command[0], self.command)
        except OSError as error:
            os.write(fail, ("%s:%d %s" % (step, error.errno or 0, error.strerror)).encode())
        os._exit(_NOT_STARTED)

    def reap(self):
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            if pid == self.pid and not self.ended:
                self.ended = True
                if os.WIFSIGNALED(status):
                    how = '"signal":%d' % os.WTERMSIG(status)
                else:
                    how = '"code":%d' % os.WEXITSTATUS(status)
                tell('{"k":"ended","at":%d,%s}' % (now(), how))

    def send(self, number, pid=None):
        try:
            if pid is None:
                os.killpg(self.pid, number)
            else:
                os.kill(pid, number)
        except OSError:
            return False  # it has ended
        return True

    def finish(self):
        left = self.others()
        deadline = time.monotonic() + _LET_GO
        while left and time.monotonic() < deadline:
            time.sleep(0.01)
            self.reap()
            left = self.others()
        commands = [command for command in map(command_of, left) if command]
        for pid in left:
            self.send(signal.SIGKILL, pid)
        for _ in range(500):
            self.reap()
            if not self.others():
                break
            time.sleep(0.01)
        for folder in self.opened:
            give_to_all(folder)
        tell('{"k":"left","commands":[%s]}' % ",".join(map(text, commands)))

    def others(self):
        own = {1, os.getpid()}
        return [
            pid
            for pid in (int(name) for name in os.listdir("/proc") if name.isdigit())
            if pid not in own and state_of(pid) not in (None, "Z", "X")
        ]


def state_of(pid):
    try:
        with open("/proc/%d/stat" % pid, "rb") as stat:
            return stat.read().rpartition(b")")[2].split()[0].decode()
    except (OSError, IndexError):
        return None


def command_of(pid):
    try:
        with open("/proc/%d/cmdline" % pid, "rb") as cmdline:
            return cmdline.read().rstrip(b"\0").replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""


def give_to_all(folder):
    for parent, folders, files in os.walk(folder):
        for path, mode in [(os.path.join(parent, name), 0o777) for name in folders] + [
            (os.path.join(parent, name), 0o666) for name in files
        ]:
            try:
                os.chmod(path, mode)
            except OSError:
                pass


def main(arguments):
    end = arguments.index("--")
    before, command = arguments[:end], arguments[end + 1 :]
    while len(before) > 2 and before[-2] == "--unset":
        os.environ.pop(before[-1], None)
        del before[-2:]
    folder, files, opened = before[0], before[1:4], before[4:]
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    os.set_blocking(woken, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    collection = Collection(folder, files, opened, command)
    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        # As whoever stops the container means it for what runs in it
        signal.signal(getattr(signal, name), lambda number, _: collection.send(number))
    if not collection.start():
        return _NOT_STARTED
    listen(collection, woken)
    return 0


def listen(collection, woken):
    heard = b""
    while True:
        collection.reap()
        ready = select.select([0, woken], [], [])[0]
        if woken in ready:
            try:
                os.read(woken, 4096)
            except BlockingIOError:
                pass
        if 0 not in ready:
            continue
        try:
            part = os.read(0, 4096)
        except OSError as error:
            if error.errno == errno.EINTR:
                continue
            return
        if not part:
            return
        lines = (heard + part).split(b"\n")
        heard = lines.pop()
        for line in lines:
            word, *numbers = line.decode("ascii").split()
            if word == "signal":
                at = now()
                if collection.send(*map(int, numbers)) and len(numbers) == 1:
                    tell('{"k":"signalled","at":%d}' % at)
            elif word == "finish":
                collection.reap()
                collection.finish()


if __name__ == "__main__":
    status = _NOT_STARTED
    try:
        status = main(sys.argv[1:])
    finally:
        # Where this is not the first process, others do not end with it.
        for left in [int(name) for name in os.listdir("/proc") if name.isdigit()]:
            if left not in (1, os.getpid()):
                try:
                    os.kill(left, signal.SIGKILL)
                except OSError:
                    pass
    os._exit(status)
