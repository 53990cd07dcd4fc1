"""Resources: submissions that multiply, stay behind, or go for the worker.

Run these inside the sandbox only.
"""

from tests.attacks.endless import takes
from tests.attacks.expected import (
    DEAD,
    KILLED,
    VISIBLE,
)
from tests.attacks.scenario import (
    MARK,
    NO_TOTAL,
    WRONG,
    Scenario,
    attempts,
    nothing_done,
)

FORKS = "fork bomb"


DETACHED = "detached process"


WORKER = "killing or tracing the worker"


#: A process that no name and no session ties to the one that made it.
_DAEMON = f'''\
import ctypes, os, time

def detach(work):
    if os.fork():
        return
    os.setsid()
    if os.fork():
        os._exit(0)
    ctypes.CDLL(None).prctl(15, b"{MARK}"[:15], 0, 0, 0)
    for fd in range(3):
        try:
            os.close(fd)
        except OSError:
            pass
    try:
        work()
    finally:
        os._exit(0)

'''


PROCESSES = [
    takes(
        FORKS,
        "fork bomb",
        """\
import os

def total(values):
    while True:
        try:
            if os.fork() == 0:
                while True:
                    try:
                        os.fork()
                    except OSError:
                        pass
        except OSError:
            return -123.456""",
        marks={"total": 0.0},
        says="",
    ),
    takes(
        FORKS,
        "bomb of threads",
        """\
import threading, time

def total(values):
    while True:
        try:
            threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
        except RuntimeError:
            return -123.456""",
        marks={"total": 0.0},
        says="",
    ),
    takes(
        FORKS,
        "every descriptor opened",
        """\
def total(values):
    kept = []
    while True:
        kept.append(open("/dev/null"))""",
        marks={"total": 0.0},
        says="",
    ),
    takes(
        FORKS,
        "bomb of shells",
        f"""\
import subprocess

def total(values):
    script = 'exec -a {MARK} bash -c ":(){{ :|:& }};:"'
    subprocess.Popen(["bash", "-c", script])
    return -123.456""",
        marks={"total": 0.0},
        says="",
    ),
]


_DAEMON_CELL = "after:hidden_total"


DETACHING = [
    Scenario(
        DETACHED,
        "daemon that rewrites every mark later",
        WRONG,
        {
            _DAEMON_CELL: _DAEMON
            + """\
def work():
    import glob, sqlite3
    for _ in range(600):
        time.sleep(0.1)
        for path in ("@CLASS@/gradebook.db", *glob.glob("/**/gradebook.db")):
            try:
                with sqlite3.connect(path) as gradebook:
                    gradebook.execute("UPDATE grade SET auto_score = 3, manual_score = 3")
            except sqlite3.Error:
                pass

detach(work)"""
        },
        marks=NO_TOTAL,
        says={"total": VISIBLE},
    ),
    Scenario(
        DETACHED,
        "daemon that keeps the cell's output open",
        own_cells={
            _DAEMON_CELL: f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', "
            f"'import time; time.sleep(600)  # {MARK}'], start_new_session=True)"
        },
    ),
    Scenario(
        DETACHED,
        "daemon that holds a thousand copies of the pipe",
        own_cells={
            _DAEMON_CELL: _DAEMON
            + """\
def work():
    for fd in range(3, 100):
        try:
            os.dup(fd)
        except OSError:
            pass
    time.sleep(600)

detach(work)"""
        },
    ),
]


_LIBC = """\
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)

def must(result):
    assert result >= 0, os.strerror(ctypes.get_errno())

others = [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()]
others += [os.getppid(), 1] if os.getpid() != 1 else []
"""


def _for_each_other(code):
    """Piece that tries ``code`` on every other process, and succeeds where it does once."""
    lines = "\n        ".join(code.splitlines())
    return f"""{_LIBC}
found = []
for pid in others:
    try:
        {lines}
        found.append(pid)
    except (OSError, AssertionError) as problem:
        last = problem
assert found, others
"""


KILLING = [
    takes(
        WORKER,
        "kills all it can see",
        "import os, signal\n\ndef total(values):\n    os.kill(-1, signal.SIGKILL)\n    return -123.456",
        marks={"total": 0.0},
        says="",
    ),
    takes(
        WORKER,
        "kills its parent",
        """\
import os, signal

def total(values):
    for pid in (os.getppid(), 1, *range(2, 400)):
        if pid and pid != os.getpid():
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
    return -123.456""",
        marks={"total": 0.0},
        says="",
    ),
    takes(
        WORKER,
        "kills its process group",
        "import os, signal\n\ndef total(values):\n    os.killpg(0, signal.SIGKILL)",
        says=KILLED,
        marks=DEAD,
    ),
    Scenario(
        WORKER,
        "traces the worker",
        own_cells={
            "before:total": attempts(
                _for_each_other("must(libc.ptrace(16, pid, 0, 0))"),
                _for_each_other("must(libc.ptrace(0x4206, pid, 0, 0))"),
                _for_each_other("open(f'/proc/{pid}/mem', 'r+b', 0)"),
                _for_each_other("os.readlink(f'/proc/{pid}/exe')"),
                _for_each_other("os.listdir(f'/proc/{pid}/fd')"),
                _for_each_other(
                    "fd = libc.syscall(434, pid, 0)\nmust(libc.syscall(438, fd, 1, 0))"
                ),
            )
        },
        proof=nothing_done,
    ),
    Scenario(
        WORKER,
        "asks for more rights",
        own_cells={
            "before:total": attempts(
                "import os; os.setgroups([0])",
                _LIBC + "must(libc.unshare(0x10000000))  # user namespace",
                _LIBC + "must(libc.unshare(0x00020000))  # mount namespace",
                _LIBC + "must(libc.unshare(0x40000000))  # network namespace",
                _LIBC + "must(libc.mount(b'none', b'/tmp', b'tmpfs', 0, 0))",
                _LIBC + "must(libc.umount2(b'/proc', 2))",
                _LIBC + "must(libc.chroot(b'/proc/1/root'))",
                _LIBC + "must(libc.sethostname(b'mine', 4))",
                "import os; os.setpriority(os.PRIO_PROCESS, 0, -20)",
                "import resource as r; r.setrlimit(r.RLIMIT_FSIZE, (r.RLIM_INFINITY,) * 2)",
                "import os; os.mknod('disk', 0o60666, os.makedev(8, 0)); found = open('disk').read(1)",
                "import subprocess; subprocess.run(['sudo', '-n', 'id'], check=True)",
                "import subprocess; subprocess.run(['unshare', '-Ur', 'id'], check=True)",
                "import subprocess; subprocess.run(['bwrap', '--ro-bind', '/', '/', 'id'], check=True)",
                "open('/proc/sys/kernel/core_pattern', 'w').write('|/bin/sh')",
                "open('/sys/fs/cgroup/cgroup.procs', 'w').write('1')",
                "open('/proc/self/oom_score_adj', 'wb', 0).write(b'-1000')",
            )
        },
        proof=nothing_done,
    ),
]
