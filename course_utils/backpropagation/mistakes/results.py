"""What came back from a function that returns several results, taken apart without an error."""

from collections.abc import Sequence
from typing import Any

from course_utils import checks


def parts(result: Any, count: int, what: str) -> list[Any]:
    """The ``count`` results; `CheckFailed` where there are not so many."""
    # An array is taken for several results only where it can be nothing else: matrices in a row.
    several = isinstance(result, tuple | list) or getattr(result, "ndim", 0) > 2
    checks.equal(
        len(result) if several else "a single result" if result is not None else None,
        count,
        f"{what}: the number of results",
    )
    return list(result)


def by_name(result: Any, names: Sequence[str], what: str) -> list[Any]:
    """The entries of a dictionary in the order of these names, which must be its keys."""
    if result is not None:
        checks.equal(
            isinstance(result, dict),
            True,
            f"{what}: the result is a dictionary",
            mistakes={"return one, {name of the input: derivative}": False},
        )
    keys = sorted(map(str, result)) if result is not None else None
    missing = keys is not None and set(keys) < set(names)
    checks.equal(
        keys,
        sorted(names),
        f"{what}: the keys of the dictionary",
        mistakes={
            "an input is missing; what the output does not depend on has the derivative 0": (
                keys if missing else None
            ),
            "only the inputs are asked for, not the results of the steps": (
                keys if keys is not None and set(keys) > set(names) else None
            ),
        },
    )
    return [result[name] for name in names]
