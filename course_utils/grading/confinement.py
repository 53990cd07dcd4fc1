"""How a submission's processes are shut in, from inside the sandbox: own processes, own files.

The worker starts an *init*, and init the student's process. Init is process 1 in namespaces of its
own, so that when it ends, everything the student started ends with it, detached or not. Each is a
copy of the worker, which a process more would pay for with milliseconds.
"""

import contextlib
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from course_utils.grading import linux
from course_utils.grading.limits import SCRATCH, STUDENT_ID, Limits
from course_utils.grading.syscall_filter import refuse_system_calls

#: Whether this program lies in /tmp, which can then not be replaced by an empty one.
_LIVES_IN_TMP = any(
    Path(place).is_relative_to("/tmp") for place in (sys.prefix, sys.base_prefix, __file__)
)
_GUARDED = linux.MOUNT_NO_SUID | linux.MOUNT_NO_DEVICES


def enter_own_processes() -> None:
    """Go on as process 1 of a namespace that belongs to this user namespace.

    bubblewrap's may belong to one around it: one could not come back to it from a submission's.

    Raises
    ------
    OSError
        Where the kernel does not allow it.
    """
    linux.unshare(linux.NEW_MOUNTS | linux.NEW_PROCESSES)
    first = os.fork()
    if first:
        code = os.waitstatus_to_exitcode(os.waitpid(first, 0)[1])
        os._exit(code if code >= 0 else 1)
    linux.die_with_parent(signal.SIGKILL)
    linux.keep_mounts_to_oneself()
    _mount_processes()


def start_shut_in(
    run: Callable[[], None], limits: Limits, report: int, folder: str | None = None
) -> int:
    """Start a process for a student's code in namespaces of its own.

    A sandbox calls `enter_own_processes` before.

    Parameters
    ----------
    run
        What the student's process does.
    limits
        What all its processes may use.
    report
        File descriptor to write to, as ``"exit 0"`` or ``"signal 9"``, how that process ended.
    folder
        Where to run it without shutting it in (``--unsafe``); by default it is shut in.

    Returns
    -------
    int
        Process number of init; −1 where no namespace could be made.
    """
    sealed = folder is None
    if sealed:
        try:
            linux.unshare(linux.NEW_PROCESSES)
        except OSError:
            return -1
    init = os.fork()
    if init == 0:
        try:
            os.setsid()
            if folder is None:
                _own_namespaces(limits)
            else:
                os.chdir(folder)
            _restrict(limits, sealed)
            _be_init(run, report, sealed)
        finally:
            os._exit(1)
    if sealed:
        linux.start_again_in_own_processes()
    return init


def _own_namespaces(limits: Limits) -> None:
    linux.die_with_parent(signal.SIGKILL)
    linux.unshare(linux.NEW_MOUNTS | linux.NEW_IPC)
    linux.keep_mounts_to_oneself()
    _own_files(limits)


def _own_files(limits: Limits) -> None:
    _mount_processes()
    folders = {SCRATCH: limits.scratch_mb, "/tmp": 16, "/dev/shm": 64}
    if _LIVES_IN_TMP:
        del folders["/tmp"]  # it is read-only then; Python's tempfile takes the scratch folder
    for folder, size in folders.items():
        linux.mount("tmpfs", folder, _GUARDED, f"size={size}m,nr_inodes=20k,mode=1777")


def _mount_processes() -> None:
    linux.mount("proc", "/proc", _GUARDED | linux.MOUNT_NO_PROGRAMS)


def _restrict(limits: Limits, sealed: bool) -> None:
    """Give up all rights and set the limits that the kernel keeps for each process."""
    if sealed:
        if os.getuid() == 0:  # a sandbox with a user for students
            os.setgroups([])
            os.setresgid(STUDENT_ID, STUDENT_ID, STUDENT_ID)
            os.setresuid(STUDENT_ID, STUDENT_ID, STUDENT_ID)
        linux.give_up_rights()
        refuse_system_calls()
        _limit(resource.RLIMIT_NPROC, limits.processes)
        os.chdir(SCRATCH)
    sizes = Path("/proc/self/statm")
    if sizes.exists():
        present = int(sizes.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        _limit(resource.RLIMIT_AS, present + limits.memory_mb * 2**20)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, 128)
    _limit(resource.RLIMIT_FSIZE, limits.scratch_mb * 2**20)
    _limit(resource.RLIMIT_CPU, int(limits.total_seconds) + 1)
    with contextlib.suppress(OSError):
        resource.setrlimit(resource.RLIMIT_MSGQUEUE, (0, 0))


def _limit(kind: int, most: int) -> None:
    hard = resource.getrlimit(kind)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, most))


def _be_init(run: Callable[[], None], report: int, sealed: bool) -> None:
    """Start the student's process, say how it ended, and stay: copies of it may go on."""
    student = os.fork()
    if student == 0:
        try:
            os.close(report)
            os.setpgid(0, 0)  # what it kills as its group is not init
            if sealed:
                linux.show_memory(True)  # hidden since the change of user; students may look at it
            run()
        finally:
            os._exit(0)
    if sealed:
        linux.show_memory(False)
    os.closerange(3, report)
    os.closerange(report + 1, max(report + 1, 256))
    while True:
        try:
            number, status = os.wait()
        except ChildProcessError:
            os._exit(0)
        if number == student:
            ended = os.waitstatus_to_exitcode(status)
            text = f"exit {ended}" if ended >= 0 else f"signal {-ended}"
            os.write(report, text.encode())


def try_out() -> None:
    """Shut in a process that does nothing; exit with its complaint where that fails."""
    enter_own_processes()
    reader, writer = os.pipe()
    init = start_shut_in(lambda: None, Limits(), writer)
    os.close(writer)
    ended = os.read(reader, 100)
    if init > 0:
        os.waitpid(init, 0)
    if ended != b"exit 0":
        sys.exit(f"processes cannot be shut in: {ended.decode() or 'not allowed'}")
