"""How many threads matrix products may use, under PyTorch's names."""

import threadpoolctl


def set_num_threads(int: int) -> None:
    """Let the libraries behind NumPy use so many threads."""
    threadpoolctl.threadpool_limits(int)


def get_num_threads() -> int:
    """The most threads that a library behind NumPy may use; 1 where none has threads."""
    return max((each["num_threads"] for each in threadpoolctl.threadpool_info()), default=1)
