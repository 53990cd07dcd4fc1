"""Where a computation runs: the best device there is, the one asked for, or an honest refusal.

Devices are named as both engines name them, "cpu", "cuda", "cuda:1"; PyTorch also knows "mps". Each
function takes the engine, `torch` or `course_utils.scratch`, as its first argument:

    where = device.best_device(torch)
    where = device.require(torch, "cuda")                 # RuntimeError where there is none
    where = device.require(torch, "cuda", fallback=True)  # a warning that says what is used instead
"""

import importlib.metadata
import os
import platform
import re
import warnings
from pathlib import Path
from typing import Any


def best_device(torch: Any) -> str:
    """The fastest device on which all of the course runs: "cuda" where there is one, else "cpu".

    Never "mps": Apple's GPU has no float64, in which the course compares numbers. Ask by name.
    """
    return "cuda" if torch.cuda.is_available() else "cpu"


def require(torch: Any, name: str, *, fallback: bool = False) -> str:
    """Return the device asked for, if it is there.

    Parameters
    ----------
    torch
        The engine.
    name
        "cpu", "cuda", "cuda:0", … or "mps"; "best" for the `best_device`.
    fallback
        Where the device is missing: give the best device and warn, instead of raising.

    Raises
    ------
    ValueError
        The name is that of no device.
    RuntimeError
        The device is not there, or this engine cannot use it; says what was found.
    """
    if name == "best":
        return best_device(torch)
    if not isinstance(name, str) or not re.fullmatch(r"cpu|mps|cuda(:\d+)?", name):
        raise ValueError(
            f'device must be "best", "cpu", "cuda", "cuda:0", … or "mps", not {name!r}'
        )
    missing = None if name == "cpu" else _why_missing(torch, name)
    if missing is None:
        return name
    best = best_device(torch)
    if not fallback:
        raise RuntimeError(f'no device "{name}": {missing}. Use "{best}", or allow a fallback')
    warnings.warn(f'no device "{name}": {missing}. Using "{best}"', RuntimeWarning, stacklevel=2)
    return best


def describe(torch: Any, name: str) -> dict[str, Any]:
    """What a device is, to be stored beside the results it computed.

    Returns
    -------
    dict
        ``device``, ``name`` (model of the processor or GPU), ``memory`` in bytes, or None where the
        system does not say, ``cores`` (None for a GPU), and ``torch``, the version of PyTorch, or
        None where it is not installed.

    Raises
    ------
    ValueError, RuntimeError
        As `require`.
    """
    name = require(torch, name)
    found = {
        "device": name,
        "name": None,
        "memory": None,
        "cores": None,
        "torch": _pytorch_version(),
    }
    if name.startswith("cuda"):
        gpus = importlib.import_module("torch").cuda  # where arrays of either engine are, on a GPU
        properties = gpus.get_device_properties(name)
        return found | {"name": properties.name, "memory": properties.total_memory}
    return found | {"name": _processor(), "memory": _memory(), "cores": os.cpu_count()}


def _why_missing(torch: Any, name: str) -> str | None:
    """One line on why the device cannot be used, None where it can."""
    if name == "mps":
        mps = getattr(getattr(torch, "backends", None), "mps", None)
        if mps is None:
            return "this engine computes on cpu and cuda only"
        return None if mps.is_available() else "PyTorch finds no Apple GPU here"
    if not torch.cuda.is_available():
        version = _pytorch_version()
        if version is None:
            return "PyTorch, which both engines need for it, is not installed"
        if importlib.import_module("torch").version.cuda is None:
            return f"PyTorch {version} was built without CUDA (see pytorch.org for one with it)"
        return f"PyTorch {version} finds no GPU (nvidia-smi shows whether the driver does)"
    count, number = torch.cuda.device_count(), int(name.partition(":")[2] or 0)
    return None if number < count else f'there are {count}, "cuda:0" to "cuda:{count - 1}"'


def _pytorch_version() -> str | None:
    try:
        return importlib.metadata.version("torch")
    except importlib.metadata.PackageNotFoundError:
        return None


def _processor() -> str:
    """Model of the processor: Linux keeps it in a file, others tell Python."""
    information = Path("/proc/cpuinfo")
    if information.exists():
        models = re.findall(r"^model name\s*:\s*(.+)$", information.read_text(), re.MULTILINE)
        if models:
            return models[0]
    return platform.processor() or platform.machine()


def _memory() -> int | None:
    """Bytes of main memory, None on systems (Windows) that don't say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None
