"""Linux system calls that Python's library does not offer: namespaces, mounts, giving up rights."""

import ctypes
import os
from functools import cache

# From <linux/sched.h>, <linux/mount.h> and <linux/prctl.h>.
NEW_MOUNTS = 0x00020000
NEW_IPC = 0x08000000
NEW_USERS = 0x10000000
NEW_PROCESSES = 0x20000000
MOUNT_NO_SUID, MOUNT_NO_DEVICES, MOUNT_NO_PROGRAMS = 2, 4, 8
_MOUNT_RECURSIVELY, _MOUNT_PRIVATE = 0x4000, 0x40000
_SET_PARENT_DEATH_SIGNAL = 1
_SET_DUMPABLE = 4
_DROP_FROM_BOUNDING_SET = 24
_SET_NO_NEW_PRIVILEGES = 38
_AMBIENT, _CLEAR_ALL = 47, 4
_CAPABILITY_VERSION_3 = 0x20080522


def unshare(namespaces: int) -> None:
    """Leave namespaces for new ones, e.g. ``NEW_MOUNTS | NEW_PROCESSES`` (unshare(2)).

    New process numbers hold for processes started from now on, not for the caller.

    Raises
    ------
    OSError
        Where the kernel does not allow it.
    """
    _call("unshare", namespaces)


def start_again_in_own_processes() -> None:
    """After `unshare`: number processes started from now on as the caller is, not anew (setns(2)).

    Raises
    ------
    OSError
        Where the kernel does not allow it.
    """
    own = os.open("/proc/self/ns/pid", os.O_RDONLY)
    try:
        _call("setns", own, NEW_PROCESSES)
    finally:
        os.close(own)


def mount(kind: str, target: str, flags: int, options: str = "") -> None:
    """Mount a file system without a device, ``tmpfs`` or ``proc``, at ``target``.

    Raises
    ------
    OSError
        Where the kernel does not allow it.
    """
    _call("mount", kind.encode(), target.encode(), kind.encode(), flags, options.encode())


def keep_mounts_to_oneself() -> None:
    """Let what is mounted from now on be seen in this mount namespace only."""
    _call("mount", None, b"/", None, _MOUNT_RECURSIVELY | _MOUNT_PRIVATE, None)


def die_with_parent(signal: int) -> None:
    """Have the kernel send ``signal`` to this process when its parent ends."""
    _call("prctl", _SET_PARENT_DEATH_SIGNAL, signal, 0, 0, 0)


def show_memory(shown: bool) -> None:
    """Say whether processes of the same user may look into this one (ptrace, /proc/PID/mem)."""
    _call("prctl", _SET_DUMPABLE, int(shown), 0, 0, 0)


def give_up_rights() -> None:
    """Drop every capability for good: no program started from here gets any back."""
    capability = 0
    while _library().prctl(_DROP_FROM_BOUNDING_SET, ctypes.c_ulong(capability), 0, 0, 0) == 0:
        capability += 1
    _call("prctl", _AMBIENT, _CLEAR_ALL, 0, 0, 0)
    _call("prctl", _SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    nothing = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable; 64 bits each
    _call("capset", header, nothing)


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _call(name: str, *arguments: object) -> None:
    wide = [ctypes.c_ulong(a) if isinstance(a, int) else a for a in arguments]
    if getattr(_library(), name)(*wide) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
