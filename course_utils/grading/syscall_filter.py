"""Refuse system calls that a student's process does not need and that reach past its namespaces.

Keys lie in a keyring that all processes of one user share; files and segments in memory belong to
no process, so that no limit counts them; io_uring, BPF and the others are large
and have been ways out of sandboxes. A refused call fails with "operation not permitted".
"""

import ctypes
import errno
import platform
import struct

# System call numbers, from the kernel's tables; audit numbers from <linux/audit.h>.
_REFUSED = {
    "x86_64": {
        "shmget": 29,
        "msgget": 68,
        "add_key": 248,
        "request_key": 249,
        "keyctl": 250,
        "perf_event_open": 298,
        "bpf": 321,
        "memfd_create": 319,
        "userfaultfd": 323,
        "io_uring_setup": 425,
        "io_uring_enter": 426,
        "io_uring_register": 427,
        "memfd_secret": 447,
    },
    "aarch64": {
        "msgget": 186,
        "shmget": 194,
        "add_key": 217,
        "request_key": 218,
        "keyctl": 219,
        "perf_event_open": 241,
        "memfd_create": 279,
        "bpf": 280,
        "userfaultfd": 282,
        "io_uring_setup": 425,
        "io_uring_enter": 426,
        "io_uring_register": 427,
        "memfd_secret": 447,
    },
}
_AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

# Classic BPF, from <linux/bpf_common.h> and <linux/seccomp.h>.
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER_AT, _MACHINE_AT = 0, 4
_ALLOW, _FAIL, _KILL = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x80000000
_OTHER_NUMBERING = 0x40000000  # x32: the same calls under other numbers
_SET_SECCOMP, _WITH_FILTER = 22, 2


def refuse_system_calls() -> bool:
    """Install the filter for this process and all it starts; tells whether this machine is known.

    Rights must have been given up for good before (`linux.give_up_rights`).

    Raises
    ------
    OSError
        Where the kernel does not take it.
    """
    machine = platform.machine()
    if machine not in _REFUSED:
        return False
    program = _program(machine)
    instructions = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(instructions))
    library = ctypes.CDLL(None, use_errno=True)
    wide = ctypes.c_ulong
    if library.prctl(_SET_SECCOMP, wide(_WITH_FILTER), header, wide(0), wide(0)) != 0:
        number = ctypes.get_errno()
        raise OSError(number, "the filter for system calls was not taken")
    return True


def _program(machine: str) -> bytes:
    """Instructions: another machine's calls kill, the refused ones fail, all others pass."""
    refused = sorted(_REFUSED[machine].values())
    left = len(refused) + 1  # instructions from the first comparison to the one that fails
    lines = [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_IF_EQUAL, 1, 0, _AUDIT[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_IF_AT_LEAST, left, 0, _OTHER_NUMBERING),
        *((_IF_EQUAL, left - 1 - n, 0, number) for n, number in enumerate(refused)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _FAIL),
    ]
    return b"".join(struct.pack("HBBI", *line) for line in lines)
