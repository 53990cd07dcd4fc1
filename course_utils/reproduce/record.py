"""What is stored beside a result, so that it can be had again: versions, machine, time."""

import importlib.metadata
import platform
from datetime import UTC, datetime
from typing import Any

from course_utils.device import describe


def environment(torch: Any, device: str) -> dict[str, Any]:
    """Where and with what a computation ran, as plain as JSON.

    Parameters
    ----------
    torch
        The engine, PyTorch or `course_utils.scratch`.
    device
        Where it computed, e.g. "cpu".

    Returns
    -------
    dict
        ``date`` (UTC, ISO 8601), ``versions`` of Python, NumPy, PyTorch (None where it is not
        installed) and the package, ``machine`` (see `device.describe`), and ``threads`` of the
        engine.

    Raises
    ------
    ValueError, RuntimeError
        As `device.require`.
    """
    machine = describe(torch, device)
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": {
            "python": platform.python_version(),
            "numpy": importlib.metadata.version("numpy"),
            "torch": machine.pop("torch"),
            "course_utils": importlib.metadata.version("course-utils"),
        },
        "machine": machine | {"system": f"{platform.system()} {platform.machine()}"},
        "threads": torch.get_num_threads(),
    }
