"""Right and wrong answers to the graded questions, kept as text beside the tests.

A file ``tests/answers/03_perceptron/gates.py`` holds the answers to the question whose solution
cell has the ``grade_id`` *gates*. Each begins with ``# %% right: title`` or ``# %% wrong: title``;
a wrong one goes on with ``# diagnosis:`` and ``# points:``.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from course_utils.course_tree import CourseError, CourseTree

_HEAD = re.compile(r"^# %% (right|wrong): *(.+)$", re.MULTILINE)
_FIELD = re.compile(r"^# (diagnosis|points): *(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    """One answer to one question.

    Parameters
    ----------
    question
        ``grade_id`` of the solution cell it replaces.
    title
        What it is: "truth table by search", "bias forgotten".
    code
        What the student wrote.
    diagnosis
        Part of the message that a wrong answer must meet; None for a right one.
    points
        What a wrong answer earns; None for a right one: all there are.
    """

    question: str
    title: str
    code: str
    diagnosis: str | None = None
    points: float | None = None

    @property
    def right(self) -> bool:
        """Whether it earns full marks."""
        return self.diagnosis is None


def read_answers(tree: CourseTree, assignment: str) -> list[Answer]:
    """All answers on file for an assignment.

    Raises
    ------
    CourseError
        Where a wrong answer lacks its diagnosis or points.
    """
    files = sorted((tree.answers / assignment).glob("*.py"))
    return [answer for path in files for answer in _read_file(path)]


def _read_file(path: Path) -> list[Answer]:
    _, *parts = _HEAD.split(path.read_text(encoding="utf-8"))
    answers = []
    for kind, title, code in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        if kind == "right":
            answers.append(Answer(path.stem, title.strip(), code.strip()))
            continue
        fields = dict(_FIELD.findall(code))
        if fields.keys() != {"diagnosis", "points"}:
            raise CourseError(f"{path}: answer {title!r} needs `# diagnosis:` and `# points:`")
        points = float(fields["points"])
        body = _FIELD.sub("", code).strip()
        answers.append(Answer(path.stem, title.strip(), body, fields["diagnosis"].strip(), points))
    return answers
