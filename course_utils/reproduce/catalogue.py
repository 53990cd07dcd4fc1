"""What can be reproduced: by name, the function that gives the result to be stored."""

from collections.abc import Callable
from typing import Any

from course_utils.reproduce.lenet5_result import reproduce_lenet5

#: Each takes what `reproduce_lenet5` takes.
REPRODUCTIONS = {"lenet5": reproduce_lenet5}


def by_name(name: str) -> Callable[..., dict[str, Any]]:
    """The function that reproduces a result.

    Raises
    ------
    ValueError
        There is none of that name; says which there are.
    """
    if name not in REPRODUCTIONS:
        there = ", ".join(REPRODUCTIONS)
        raise ValueError(f"no reproduction is called {name!r}; there are: {there}")
    return REPRODUCTIONS[name]
