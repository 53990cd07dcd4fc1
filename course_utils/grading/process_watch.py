"""What the processes of a submission are and use, as the system tells."""

import contextlib
from pathlib import Path

import psutil


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
