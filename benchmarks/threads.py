"""One number of threads for every library."""

import contextlib
from collections.abc import Iterator

import joblib
import threadpoolctl


def physical_cores() -> int:
    """Cores that this process may use, hyper-threads counted once and a container's limit kept."""
    return joblib.cpu_count(only_physical_cores=True)


@contextlib.contextmanager
def threads(count: int) -> Iterator[None]:
    """Let BLAS, OpenMP and PyTorch use this many threads; all are loaded here, before the limit."""
    import scipy.linalg  # noqa: F401  its BLAS is not NumPy's
    import torch

    torch.set_num_threads(count)
    with threadpoolctl.threadpool_limits(count):
        yield
