"""Keeps victims, each a process of its own: commands as lines on standard input, answers as JSON lines on standard output.

It is the victims' parent, so it knows how each of them went. When standard input ends (the tool was killed, say), at its
deadline and on SIGTERM it ends all of them, and itself.
"""

import json
import os
import resource
import select
import signal
import sys
import time

import inside
from cgroup_files import CgroupFiles
from kept import Kept
from streams import close_inherited, write_all
from victim import Victim

PROTOCOL = 1
GRACE = 2.0
DEADLINE_PASSED = 124
# End it in order.
ENDS = [signal.SIGTERM, signal.SIGINT, signal.SIGHUP]


class Keeper:
    def __init__(self, deadline, folders):
        self.cgroup = CgroupFiles(folders)
        self.kept, self.count, self.rest, self.ending = {}, 0, b"", False
        self.null = os.open(os.devnull, os.O_RDWR)
        self.woken, self.waker = os.pipe()
        for end in (self.woken, self.waker):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(self.waker, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in ENDS:
            signal.signal(number, self.end_soon)
        self.deadline = time.monotonic() + deadline
        signal.signal(signal.SIGALRM, lambda *_: self.leave(DEADLINE_PASSED))
        signal.setitimer(signal.ITIMER_REAL, max(0.001, deadline))  # 0 would be never.

    def end_soon(self, *_):
        self.ending = True

    def serve(self):
        self.tell(
            event="ready",
            protocol=PROTOCOL,
            kind="python",
            version="%d.%d.%d" % sys.version_info[:3],
            pid=os.getpid(),
            pageBytes=resource.getpagesize(),
            cgroup=self.cgroup.version,
            descriptors=resource.getrlimit(resource.RLIMIT_NOFILE)[0],
        )
        while not self.ending:
            self.look()
        self.leave(0)

    def look(self):
        poll = select.poll()
        poll.register(0, select.POLLIN)
        poll.register(self.woken, select.POLLIN)
        by_descriptor = {one.answers: one for one in self.kept.values()}
        for descriptor in by_descriptor:
            poll.register(descriptor, select.POLLIN)
        for descriptor, _ in poll.poll(self.patience()):
            if descriptor == 0:
                self.hear()
            elif descriptor == self.woken:
                os.read(self.woken, 4096)
            else:
                self.relay(by_descriptor[descriptor])
        self.reap()

    def patience(self):
        """Milliseconds until a victim that was asked to end is killed; None: as long as it takes."""
        now = time.monotonic()
        due = [one.kill_at for one in self.kept.values() if one.kill_at is not None]
        for one in self.kept.values():
            if one.kill_at is not None and one.kill_at <= now:
                os.kill(one.pid, signal.SIGKILL)
        return max(10, (min(due) - now) * 1000) if due else None

    def hear(self):
        data = os.read(0, 65536)
        if not data:
            self.leave(0)
        *lines, self.rest = (self.rest + data).split(b"\n")
        for line in lines:
            words = line.decode("ascii", "replace").split(" ")
            if len(words) < 2 or not words[0].isdigit():
                self.tell(event="unclear", line=line.decode("ascii", "replace")[:200])
                continue
            number = int(words[0])
            try:
                answer = getattr(self, "do_" + words[1], self.unknown)(number, *words[2:])
            except OSError as problem:
                answer = {"error": inside.error_name(problem)}
            except (TypeError, ValueError, KeyError) as problem:
                answer = {"error": "USAGE", "message": str(problem)[:200]}
            if answer is not None:
                self.tell(re=number, **answer)

    def unknown(self, _number, *_arguments):
        return {"error": "USAGE", "message": "unknown command"}

    def do_start(self, _number):
        ends = []
        try:
            ends += os.pipe()
            ends += os.pipe()
            kills = self.cgroup.kills()
            pid = os.fork()
        except OSError:
            # A limit of processes or descriptors: that it could be asked again, nothing of it may stay.
            for end in ends:
                os.close(end)
            raise
        commands, to_victim, from_victim, answers = ends
        if pid == 0:
            self.become_victim(commands, answers, [to_victim, from_victim])
        os.close(commands)
        os.close(answers)
        self.count += 1
        kept = self.kept[self.count] = Kept(self.count, pid, to_victim, from_victim, kills)
        return {"victim": kept.number, "pid": pid}

    def become_victim(self, commands, answers, others):
        """Never returns. What is the keeper's own goes: held open by a victim, nobody would see the keeper's end."""
        try:
            signal.setitimer(signal.ITIMER_REAL, max(0.001, self.deadline - time.monotonic()))
            for number in [signal.SIGCHLD, signal.SIGALRM] + ENDS:
                signal.signal(number, signal.SIG_DFL)
            signal.set_wakeup_fd(-1)
            for one in self.kept.values():
                others += [one.commands, one.answers]
            for descriptor in others + [self.woken, self.waker] + list(self.cgroup.descriptors.values()):
                os.close(descriptor)
            for standard in (0, 1, 2):
                os.dup2(self.null, standard)
            os.close(self.null)
            Victim(commands, answers).serve()
        finally:
            os._exit(70)

    def do_to(self, number, victim, *words):
        kept = self.kept.get(int(victim))
        if kept is None:
            return {"outcome": "died", "figures": {}}
        kept.asked.append(number)
        try:
            os.write(kept.commands, " ".join((str(number),) + words).encode("ascii") + b"\n")
        except OSError:
            pass  # It is gone: reap tells.
        if words[0] == "end":
            kept.kill_at = time.monotonic() + GRACE
        return None

    def do_kill(self, _number, victim, signal_number):
        os.kill(self.kept[int(victim)].pid, int(signal_number))
        return {}

    def do_ping(self, _number):
        return {}

    def do_cgroup(self, _number):
        return {"version": self.cgroup.version, "texts": self.cgroup.texts()}

    def do_processes(self, _number):
        rows = [inside.process_row(os.getpid())]
        for one in self.kept.values():
            rows.append(dict(inside.process_row(one.pid), victim=one.number))
        return {"processes": rows}

    def do_disk(self, _number, path):
        return inside.disk(path)

    def do_deleted(self, _number):
        return inside.deleted_but_open([one.pid for one in self.kept.values()])

    def do_plant(self, _number, path, size):
        return inside.plant(path, size)

    def do_hash(self, _number, path):
        return inside.digest(path)

    def do_remove(self, _number, path):
        return inside.remove(path)

    def relay(self, kept):
        """Whole lines of a victim; a torn one (it was killed while it answered) is dropped."""
        try:
            data = os.read(kept.answers, 65536)
        except OSError:
            data = b""
        if not data:
            time.sleep(0.001)  # It closed; SIGCHLD is about to come.
            return
        *lines, kept.rest = (kept.rest + data).split(b"\n")
        for line in lines:
            answered = json.loads(line)
            if answered["re"] in kept.asked:
                kept.asked.remove(answered["re"])
            write_all(1, line + b"\n")

    def reap(self):
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            kills, peak = self.cgroup.kills(), self.cgroup.peak()
            for kept in [one for one in self.kept.values() if one.pid == pid]:
                self.bury(kept, status, kills, peak)

    def bury(self, kept, status, kills, peak):
        while select.select([kept.answers], [], [], 0)[0]:
            data = os.read(kept.answers, 65536)
            if not data:
                break
            *lines, kept.rest = (kept.rest + data).split(b"\n")
            for line in lines:
                kept.asked = [one for one in kept.asked if one != json.loads(line)["re"]]
                write_all(1, line + b"\n")
        for number in kept.asked:
            self.tell(re=number, outcome="died", figures={})
        os.close(kept.commands)
        os.close(kept.answers)
        del self.kept[kept.number]
        self.tell(
            event="ended",
            victim=kept.number,
            pid=kept.pid,
            code=os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
            signal=os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
            killsBefore=kept.kills_before,
            killsAfter=kills,
            peakBytes=peak,
        )

    def tell(self, **answer):
        write_all(1, json.dumps({key: value for key, value in answer.items() if value is not None}).encode() + b"\n")

    def leave(self, code):
        for one in list(self.kept.values()):
            try:
                os.kill(one.pid, signal.SIGKILL)
            except OSError:
                pass
        for one in list(self.kept.values()):
            try:
                os.waitpid(one.pid, 0)
            except OSError:
                pass
        os._exit(code)


def main(arguments):
    """`--deadline SECONDS`, and `--cgroup FOLDER` as often as there are folders."""
    close_inherited()
    deadline, folders = 3600.0, []
    for name, value in zip(arguments[::2], arguments[1::2]):
        if name == "--deadline":
            deadline = float(value)
        elif name == "--cgroup":
            folders.append(value)
    Keeper(deadline, folders).serve()


if __name__ == "__main__":
    main(sys.argv[1:])
