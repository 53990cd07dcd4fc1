"""What came back from a function that returns several results, taken apart without an error."""

from collections.abc import Sequence
from typing import Any

from course_utils import checks


def parts(result: Any, names: Sequence[str], what: str, *, alike: bool = False) -> list[Any]:
    """The results; `CheckFailed` where there are not as many as ``names``.

    Parameters
    ----------
    result
        What the student returned.
    names
        Of the results, in their order.
    what
        The call, as the student would name it.
    alike
        Whether all results have one shape, so that an array with all of them is as good as a tuple.
    """
    several = isinstance(result, tuple | list) or (alike and getattr(result, "ndim", 0) > 1)
    found = f"{len(result)} results" if several else "a single result"
    checks.equal(
        None if result is None else found,
        f"{len(names)} results",
        f"{what}: return {', '.join(names)}, separated by commas",
    )
    return list(result)
