"""Where the parts of a course checkout lie, and what its assignments are called."""

import os
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

#: Names the folder of the class to grade; the default is ``class/`` in the checkout.
CLASS_VARIABLE = "COURSE_CLASS"


class CourseError(Exception):
    """Something a person can mend; the message is one line that says how."""


@dataclass(frozen=True)
class CourseTree:
    """A checkout of the course.

    Parameters
    ----------
    root
        The folder that holds ``nbgrader_config.py`` and ``solutions/``.
    """

    root: Path

    @property
    def solutions(self) -> Path:
        """Text sources, one folder an assignment."""
        return self.root / "solutions"

    @property
    def exercises(self) -> Path:
        """Student notebooks, generated."""
        return self.root / "exercises"

    @property
    def answers(self) -> Path:
        """Right and wrong answers to every graded question."""
        return self.root / "tests" / "answers"

    @property
    def class_folder(self) -> Path:
        """Submissions, gradebook and feedback: nbgrader's course directory."""
        return Path(os.environ.get(CLASS_VARIABLE) or self.root / "class").resolve()

    def assignments(self) -> list[str]:
        """Names of all assignments, in the order of the chapters."""
        sources = self.solutions.glob("[0-9]*_*/*.py")
        return sorted(p.parent.name for p in sources if p.stem == notebook_name(p.parent.name))

    def source(self, assignment: str) -> Path:
        """Text source of an assignment, e.g. ``solutions/03_perceptron/perceptron.py``.

        Raises
        ------
        CourseError
            Where there is no such assignment; the nearest name is suggested.
        """
        known = self.assignments()
        if assignment not in known:
            near = get_close_matches(assignment, known, n=1, cutoff=0.5)
            hint = (
                f"did you mean {near[0]}?" if near else f"there are: {', '.join(known) or 'none'}"
            )
            raise CourseError(f"no assignment is called {assignment!r}; {hint}")
        return self.solutions / assignment / f"{notebook_name(assignment)}.py"

    def exercise(self, assignment: str) -> Path:
        """Student notebook of an assignment, e.g. ``exercises/03_perceptron/perceptron.ipynb``."""
        return self.exercises / assignment / f"{notebook_name(assignment)}.ipynb"


def notebook_name(assignment: str) -> str:
    """Stem without its number: ``03_perceptron`` → ``perceptron``."""
    return assignment.partition("_")[2]


def find_course(start: Path | None = None) -> CourseTree:
    """Find the checkout around a folder, by default the present one.

    Raises
    ------
    CourseError
        Where neither the folder nor one above it is a checkout of the course.
    """
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / "nbgrader_config.py").is_file() and (folder / "solutions").is_dir():
            return CourseTree(folder)
    raise CourseError(
        f"no course in {start} or above it; change into the folder that holds nbgrader_config.py"
    )
