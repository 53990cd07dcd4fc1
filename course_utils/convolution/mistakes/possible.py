"""Mistakes as {description: value}."""

from collections.abc import Callable
from typing import Any

#: What a mistake is, in words for the student, and the result that it gives.
Values = dict[str, Any]


def possible(mistakes: dict[str, Callable[[], Any]]) -> Values:
    """The results of those mistakes that can be made on these arguments.

    Some cannot: without padding, a kernel may be larger than the image. Such a mistake raises a
    ValueError in the student's code as well, so there is no value to compare with.
    """
    found = {}
    for text, value in mistakes.items():
        try:
            found[text] = value()
        except ValueError:
            continue
    return found
