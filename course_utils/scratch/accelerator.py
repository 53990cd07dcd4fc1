"""Which accelerator there is, under the newer of PyTorch's names."""

from course_utils.scratch import cuda
from course_utils.scratch.arrays import device


def is_available() -> bool:
    """Whether there is a device other than the CPU."""
    return cuda.is_available()


def current_accelerator() -> device | None:
    """The device, or None."""
    return device("cuda") if cuda.is_available() else None
