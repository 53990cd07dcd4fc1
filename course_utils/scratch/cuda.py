"""Whether there is a CUDA device: asked of PyTorch, whose tensors hold the numbers there."""

from course_utils.scratch import arrays
from course_utils.scratch.random import manual_seed


def is_available() -> bool:
    """Whether tensors can be made on "cuda"; False also where PyTorch is not installed."""
    try:
        return bool(arrays.torch_namespace().cuda.is_available())
    except ModuleNotFoundError:
        return False


def device_count() -> int:
    """How many CUDA devices there are."""
    return arrays.torch_namespace().cuda.device_count() if is_available() else 0


def synchronize() -> None:
    """Wait until the device has finished what it was given."""
    if is_available():
        arrays.torch_namespace().cuda.synchronize()


manual_seed_all = manual_seed
