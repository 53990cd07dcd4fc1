"""Whoever makes a listed mistake is told that one: by the first visible comparison it fails.

Where two mistakes give the same value in a small example, the other one's text would come.
"""

import re

import numpy as np
import pytest

from course_utils import checks
from course_utils.checks import SEED_VARIABLE, CheckFailed
from course_utils.diagnosis import as_numbers, sentence
from tests.test_answers import TREE, cells

#: Told as something else that is true too, beginning of the mistake → beginning of what is told.
ALSO_TRUE = {
    "nothing arrived: the adjoint of the output is 1": "the steps were taken first to last",
    "an adjoint was overwritten where a number is used twice": "a number that is used twice in one",
    "only the first part arrived where a number is used twice": "a number that is used twice in one",
    "each window was averaged over pixels and channels": "each window was averaged",
    "divided by q, which may be 0": "divided by q",
    "the absolute value is missing, and x and y are exchanged": "that is the distance of the two",
}


@pytest.fixture
def comparisons(monkeypatch):
    """Every comparison that tests make from now on: (function, arguments but the first, options)."""
    made = []

    def recorded(compare):
        def record(got, *arguments, **options):
            made.append((compare, arguments, options))
            return compare(got, *arguments, **options)

        return record

    for compare in (checks.close, checks.equal):
        monkeypatch.setattr(checks, compare.__name__, recorded(compare))
    return made


def told(value, compare, arguments, options):
    """What somebody with this result is told; None where it passes."""
    try:
        compare(value, *arguments, **options)
    except CheckFailed as failure:
        return str(failure)
    return None


def could_be_made(value):
    """Whether it is a mistake's value; None or infinity says that it does not show here."""
    if value is None:
        return False
    try:
        return bool(np.isfinite(as_numbers(value)).all())
    except TypeError:  # a text
        return True


@pytest.mark.parametrize("assignment", TREE.assignments())
def test_first_comparison_that_fails_names_the_mistake(assignment, comparisons, monkeypatch):
    monkeypatch.setenv(SEED_VARIABLE, "1")
    namespace, wrong, looked_at = {"__name__": "__main__"}, [], 0
    for cell_id, source, _ in cells(assignment):
        comparisons.clear()
        exec(compile(source, cell_id, "exec"), namespace)
        if not cell_id.startswith("test_"):
            continue
        seen = set()
        for compare, arguments, options in list(comparisons):
            what = arguments[1]
            part = re.match(r"\w*", what)[0], what.rpartition(":")[2] if ":" in what else ""
            for mistake, value in (options.get("mistakes") or {}).items():
                if (part, mistake) in seen:
                    continue
                message = told(value, compare, arguments, options)
                if message is None or not could_be_made(value):
                    continue
                seen.add((part, mistake))
                looked_at += 1
                others = (text for begin, text in ALSO_TRUE.items() if mistake.startswith(begin))
                if not any(text in message for text in (sentence(mistake)[:-1], *others)):
                    wrong.append(f"{cell_id}: {mistake}\n  → {message.splitlines()[0]}")
    assert looked_at > 10
    assert not wrong, "\n".join(wrong)
