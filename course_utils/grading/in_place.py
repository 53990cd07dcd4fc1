"""Arguments that a student's code changed in place, changed here in the same way."""

from typing import Any

import numpy as np

from course_utils.grading.random_state import take_back


def take_over(before: Any, after: Any) -> None:
    """Make an argument what the student's code made of it, as far as its kind and shape allow."""
    if isinstance(before, np.random.Generator) and isinstance(after, np.random.Generator):
        take_back(before, after)
    elif isinstance(before, list) and isinstance(after, list):
        before[:] = after
    elif isinstance(before, dict) and isinstance(after, dict):
        before.clear()
        before.update(after)
    elif hasattr(before, "shape") and getattr(after, "shape", None) == before.shape:
        before[...] = after
