"""One number of threads for every library."""

import contextlib
from collections.abc import Iterator

import threadpoolctl


@contextlib.contextmanager
def threads(count: int) -> Iterator[None]:
    """Let BLAS, OpenMP and PyTorch use this many threads; all are loaded here, before the limit."""
    import scipy.linalg  # noqa: F401  its BLAS is not NumPy's
    import torch

    torch.set_num_threads(count)
    with threadpoolctl.threadpool_limits(count):
        yield
