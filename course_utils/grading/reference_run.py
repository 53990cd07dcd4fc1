"""What the run of the reference answers says to the author of the tests."""

import traceback
from collections.abc import Iterator
from typing import Any

from course_utils.grading.plan import HIDDEN, VISIBLE, Plan, Step

Outputs = list[dict[str, Any]]


def with_its_line(error: Exception, step: Step) -> Exception:
    """The exception that ended a test; where it says nothing, with the line that raised it."""
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.name == "<module>"]
    if str(error) or not lines or lines[-1] is None:
        return error
    return type(error)(step.source.splitlines()[lines[-1] - 1].strip())


def failed_tests(plan: Plan, outputs: dict[int, Outputs]) -> Iterator[tuple[str, str]]:
    """Names of the tests that failed and what they said."""
    for step in plan.steps:
        if step.kind in (VISIBLE, HIDDEN):
            for output in outputs.get(step.index, []):
                if output["output_type"] == "error":
                    yield step.name, f"{output['ename']}: {output['evalue']}"
