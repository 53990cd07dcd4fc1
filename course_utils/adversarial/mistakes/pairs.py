"""A pair that came back from a function, taken apart without an error."""

from typing import Any

import numpy as np

from course_utils import checks


def pair(result: Any, what: str) -> list[Any]:
    """Both results as a list; `CheckFailed` where there are not two, in a tuple, list or array."""
    single = not isinstance(result, tuple | list) and np.ndim(result) == 0
    count = None if result is None else "a single result" if single else len(result)
    checks.equal(count, 2, f"{what}: the number of results")
    return list(result)
