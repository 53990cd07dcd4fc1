"""Several results that came back from a function, taken apart without an error."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from course_utils import checks


def pair(result: Any, what: str) -> list[Any]:
    """Both results as a list; `CheckFailed` where there are not two, in a tuple, list or array."""
    single = not isinstance(result, tuple | list) and np.ndim(result) == 0
    count = None if result is None else "a single result" if single else len(result)
    checks.equal(count, 2, f"{what}: the number of results")
    return list(result)


def single_numbers(result: Any, names: Sequence[str], what: str) -> Any:
    """``result`` as it is; `CheckFailed` where one of its parts is an array, with its name."""
    if isinstance(result, tuple | list):
        for name, value in zip(names, result, strict=False):
            if np.ndim(value) > 0:
                checks.close(value, 0.0, f"{what}: the new {name}")
    return result
