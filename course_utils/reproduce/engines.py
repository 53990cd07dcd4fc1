"""The engines that can compute a reproduction, by the name that the command knows them by."""

import importlib
from types import ModuleType

from course_utils.device import require

ENGINES = {"torch": "torch", "scratch": "course_utils.scratch"}


def engine_on(name: str, device: str) -> tuple[ModuleType, str]:
    """An engine, and a device on which it computes.

    Parameters
    ----------
    name
        One of `ENGINES`.
    device
        As for `device.require`.

    Raises
    ------
    ValueError
        Another name, or PyTorch is not installed; or no name of a device.
    RuntimeError
        The device is not there.
    """
    if name not in ENGINES:
        raise ValueError(f"no engine {name!r}; there are {', '.join(ENGINES)}")
    try:
        engine = importlib.import_module(ENGINES[name])
    except ModuleNotFoundError as missing:
        raise ValueError(f"{missing.name} is not installed: install it, or use scratch") from None
    try:
        return engine, require(engine, device)
    except RuntimeError as missing:  # a fallback would give a result that was not asked for
        raise RuntimeError(str(missing).removesuffix(", or allow a fallback")) from None
