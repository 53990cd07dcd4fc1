"""What the processes of a submission are and use, as the system tells."""

import contextlib
import os
import time
from pathlib import Path

import psutil

#: Seconds in which a submission's first process ends when all others are killed.
_PATIENCE = 0.1


def processes_below(init: int) -> list[psutil.Process]:
    """All processes that a process started, and those that they started."""
    with contextlib.suppress(psutil.Error):
        return psutil.Process(init).children(recursive=True)
    return []


def memory_of(process: psutil.Process, *, shared: bool = True) -> int:
    """Bytes in memory; what is shared with the worker counts only where ``shared``."""
    with contextlib.suppress(psutil.Error, OSError):
        info = process.memory_info()
        if shared:
            return info.rss
        full = process.memory_full_info()
        return int(getattr(full, "pss", full.uss))
    return 0


def number_inside(process: int) -> int:
    """Number of a process in its innermost namespace."""
    with contextlib.suppress(OSError), Path(f"/proc/{process}/status").open() as file:
        for line in file:
            if line.startswith("NSpid:"):
                return int(line.split()[-1])
    return -1


def ends_by_itself(init: int) -> bool:
    """Kill all processes but init and see whether it ends then.

    The processor time of what init has waited for is counted; of what dies with it, it is not.
    """
    for process in processes_below(init):
        with contextlib.suppress(psutil.Error):
            process.kill()
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if os.waitpid(init, os.WNOHANG)[0]:
            return True
        time.sleep(0.001)
    return False
