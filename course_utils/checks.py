"""Comparisons that say what is likely wrong.

A test cell of a graded notebook calls `attempt`, `close`, `equal`, `raises` and `unchanged`. Where
an answer is wrong, the message begins with a diagnosis ("transposed", "summed instead of averaged")
when one of the usual mistakes explains the numbers. What the mistakes look like stands in
`diagnosis.py`.
"""

import os
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from course_utils.diagnosis import as_numbers, detached, explain, explain_shape, sentence, shorten

#: Where `course grade --seed` leaves the seed of the hidden tests.
SEED_VARIABLE = "COURSE_GRADING_SEED"


def as_left_by_the_call(value: Any) -> Any:
    """An argument as the student's code left it.

    In a notebook this is the argument itself. The judge, whose own copy no student changes, puts
    what it heard from the student's process in the place of this function.
    """
    return value


class CheckFailed(AssertionError):
    """A comparison failed; the message says what was compared and what is likely wrong."""

    def _render_traceback_(self) -> list[str]:
        """Show the message alone in Jupyter: the frames are the test's, not the student's."""
        return [f"✗ {self}"]


def close(
    got: Any,
    expected: Any,
    what: str,
    *,
    rtol: float = 1e-6,
    atol: float = 1e-8,
    mistakes: Mapping[str, Any] | None = None,
    count: int | None = None,
) -> None:
    """Check that ``got`` has the shape and the values of ``expected``.

    Parameters
    ----------
    got
        The student's result: a number, a (nested) list, an array or a tensor.
    expected
        What is right, same kinds; its shape must be met exactly.
    what
        What is compared, as the student would name it: ``"risk_matrix(posterior, loss)"``.
    rtol, atol
        ``|got - expected| <= atol + rtol * |expected|`` passes, as in `numpy.isclose`.
    mistakes
        ``{description: value}``: the value that each usual mistake would give.
    count
        The N of a mean, to tell a sum from a mean.

    Raises
    ------
    CheckFailed
        With the diagnosis, the first entry that differs, and both values.
    """
    try:
        values = as_numbers(got)
    except TypeError as reason:
        raise CheckFailed(f"{what}: {reason}") from None
    target = as_numbers(expected)
    wrong_values = {text: as_numbers(value) for text, value in (mistakes or {}).items()}
    if values.shape != target.shape:
        raise CheckFailed(f"{what}: {explain_shape(values, target, wrong_values)}")
    with np.errstate(over="ignore"):  # of numbers that far apart, the difference may overflow
        agrees = np.isclose(values, target, rtol=rtol, atol=atol, equal_nan=True)
    if agrees.all():
        return
    reason = explain(values, target, wrong_values, count=count, rtol=max(rtol, 1e-5), atol=atol)
    raise CheckFailed(f"{what}: {reason}\n{_first_difference(values, target, agrees)}")


def equal(got: Any, expected: Any, what: str, *, mistakes: Mapping[str, Any] | None = None) -> None:
    """Check that ``got`` is exactly ``expected``.

    Both are numbers, booleans, strings, or lists, tuples, arrays and dictionaries of them. Arrays
    and lists are compared entry by entry; 1, 1.0 and True are equal, as in Python.

    Raises
    ------
    CheckFailed
        Naming the first of ``mistakes`` whose value was returned.
    """
    found, wanted = _plain(got), _plain(expected)
    if found == wanted:
        return
    if got is None:
        raise CheckFailed(f"{what}: nothing was returned; is the `return` missing?")
    for text, value in (mistakes or {}).items():
        if found == _plain(value):
            raise CheckFailed(
                f"{what}: {sentence(text)}\n"
                f"  expected {shorten(wanted)}\n  got      {shorten(found)}"
            )
    raise CheckFailed(
        f"{what}: not what was expected.\n  expected {shorten(wanted)}\n  got      {shorten(found)}"
    )


def attempt(function: Callable, *arguments: Any, what: str, hint: str) -> Any:
    """``function(*arguments)``, with a word about the likely cause where that fails.

    Arrays are passed as copies.

    Raises
    ------
    CheckFailed
        With ``hint`` where the call raises a ValueError, TypeError, an IndexError or KeyError, or
        an error of arithmetic, such as a division by zero (other errors pass), and where it
        returns nothing.
    """
    try:
        found = function(*(a.copy() if isinstance(a, np.ndarray) else a for a in arguments))
    except (ValueError, TypeError, LookupError, ArithmeticError) as error:
        raise CheckFailed(f"{what}: {hint}\n  {type(error).__name__}: {error}") from None
    if found is None:
        raise CheckFailed(
            f"{what}: nothing was returned; is the `return` missing? Or the `if` for this case?"
        )
    return found


def raises(error: type[Exception], call: Callable[[], Any], what: str) -> None:
    """Check that ``call()`` raises ``error``, where the question asks for it.

    Raises
    ------
    CheckFailed
        Where nothing is raised, or another exception is.
    """
    try:
        call()
    except error:
        return
    except Exception as other:
        raise CheckFailed(
            f"{what}: should raise {error.__name__}, but raised {type(other).__name__}: {other}"
        ) from None
    raise CheckFailed(f"{what}: should raise {error.__name__}, but nothing was raised")


def unchanged(before: Any, after: Any, what: str) -> None:
    """Check that an argument was not modified in place.

    Raises
    ------
    CheckFailed
        Where ``after`` differs from ``before``, a copy taken before the call.
    """
    left = as_left_by_the_call(after)
    old, new = np.asarray(detached(before)), np.asarray(detached(left))
    can_be_nan = old.dtype.kind in "fc" and new.dtype.kind in "fc"
    if not np.array_equal(old, new, equal_nan=can_be_nan):
        raise CheckFailed(
            f"{what}: the argument was changed in place. Work on a copy, or write "
            f"`w = w + …` instead of `w += …`."
        )


def passed(message: str) -> None:
    """Print one line that says what was shown to be right."""
    print(f"✓ {message}")


def show_warnings_as_output() -> None:
    """Print warnings instead of sending them to stderr, which nbgrader takes for a failed test."""
    warnings.showwarning = _print_warning


def fresh_rng() -> np.random.Generator:
    """Generator for hidden tests: new numbers at each grading, the same ones under a given seed.

    Raises
    ------
    ValueError
        Where the environment variable that `course grade --seed` sets is no whole number.
    """
    seed = os.environ.get(SEED_VARIABLE)
    if seed is None:
        return np.random.default_rng()
    if not seed.isdecimal():
        raise ValueError(f"{SEED_VARIABLE} must be a whole number, not {seed!r}")
    return np.random.default_rng(int(seed))


def _print_warning(
    message: Warning | str, category: type[Warning], filename: str, lineno: int, *_: Any
) -> None:
    print(f"{category.__name__}: {message}")


def _plain(value: Any) -> Any:
    """Arrays, tensors, tuples and NumPy scalars as Python's own lists and numbers."""
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    return value


def _first_difference(got: np.ndarray, expected: np.ndarray, agrees: np.ndarray) -> str:
    if got.ndim == 0:
        return f"  expected {expected:.6g}\n  got      {got:.6g}"
    index = tuple(int(i) for i in np.argwhere(~agrees)[0])
    place = ", ".join(map(str, index))
    wrong = int((~agrees).sum())
    return (
        f"  {wrong} of {got.size} entries differ, first at [{place}]: "
        f"expected {expected[index]:.6g}, got {got[index]:.6g}\n"
        f"  expected {shorten(expected)}\n  got      {shorten(got)}"
    )
