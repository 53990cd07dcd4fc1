"""The rows of one assignment in nbgrader's gradebook, which is opened once and kept open."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    Notebook,
    SolutionCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
)
from sqlalchemy import select, text

from course_utils.course_tree import CourseError, notebook_name
from course_utils.grading.database import patient, plain_errors
from course_utils.grading.marks import question_of


@dataclass(frozen=True)
class SubmissionMarks:
    """What the gradebook says about one submission.

    Parameters
    ----------
    score, max_score
        Points so far, without a penalty for being late, and points there are.
    needs_person
        Whether something is to be marked by hand.
    questions
        ``{question: (score, max_score)}``; a question not marked yet has the score None.
    notes
        Files of the submission that were not copied, and why.
    """

    score: float
    max_score: float
    needs_person: bool
    questions: dict[str, tuple[float | None, float]]
    notes: list[str] = field(default_factory=list)


class GradebookRows:
    """Marks of one assignment; to be closed.

    Parameters
    ----------
    url
        Of the gradebook, as nbgrader has it.
    course_id
        nbgrader's name of the course; mostly empty.
    assignment
        Name, e.g. ``03_perceptron``.
    order
        Questions as they follow in the notebook.

    Raises
    ------
    CourseError
        Where the gradebook cannot be used or does not know the assignment.
    """

    def __init__(self, url: str, course_id: str, assignment: str, order: list[str]) -> None:
        self._order = order
        with plain_errors():
            self._gradebook = Gradebook(patient(url), course_id)
        try:
            with self.transaction(write=False):
                self._read_cells(assignment)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the gradebook."""
        self._gradebook.close()

    @contextmanager
    def transaction(self, *, write: bool = True) -> Iterator[Callable[[], None]]:
        """One transaction, which ends with the block; what it yields commits it.

        Raises
        ------
        UnusableSubmission
            Where the gradebook has no room for a value: a name of 500 letters, say.
        CourseError
            Where the gradebook is locked, cannot be written or is no gradebook.
        """
        with plain_errors():
            try:
                if write and self._gradebook.engine.dialect.name == "sqlite":
                    # What is read stays true until it is written: the formgrader may mark just now.
                    self._gradebook.db.execute(text("BEGIN IMMEDIATE"))
                yield self._gradebook.db.commit
            except BaseException:
                self._gradebook.db.rollback()  # a commit that failed is not rolled back by itself
                raise
            finally:
                self._gradebook.db.remove()  # ends it, and forgets what it has loaded

    def find(self, student: str) -> SubmittedNotebook | None:
        """The student's notebook."""
        query = (
            select(SubmittedNotebook)
            .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
            .where(*self._of(student), SubmittedNotebook.notebook_id == self._notebook_id)
        )
        return self._gradebook.db.scalar(query)

    def write(
        self,
        student: str,
        time: datetime | None,
        scores: dict[str, float | None],
        comments: dict[str, str | None],
    ) -> SubmittedNotebook:
        """Write the autograder's marks as nbgrader does; a person's stay, marked for another look.

        Parameters
        ----------
        student
            Added where the gradebook does not know the name.
        time
            Of handing in; None leaves what is there.
        scores, comments
            By ``grade_id``. A graded cell without a score waits for a person.

        Returns
        -------
        SubmittedNotebook
            With its score up to date, and no penalty yet.
        """
        notebook = self.find(student) or self._add(student)
        if time is not None:
            notebook.assignment.timestamp = time
        for grade in self._rows(Grade, notebook, self._graded):
            grade.auto_score = scores.get(self._graded[grade.cell_id])
            grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
        for comment in self._rows(Comment, notebook, self._commented):
            comment.auto_comment = comments.get(self._commented[comment.cell_id])
        notebook.late_submission_penalty = None
        self._gradebook.db.flush()
        return notebook

    def marks(self, notebook: SubmittedNotebook) -> SubmissionMarks:
        """Marks as they are now, in the present transaction."""
        self._gradebook.db.flush()
        query = select(Grade.cell_id, Grade.score, Grade.needs_manual_grade)
        # Its index begins with the cell; without cells it would read the marks of the whole class.
        query = query.where(Grade.cell_id.in_(self._graded), Grade.notebook_id == notebook.id)
        rows = self._gradebook.db.execute(query).all()
        marks: dict[str, tuple[float | None, float]] = {}
        for cell, points, waits in rows:
            question = question_of(self._graded[cell])
            score, top = marks.get(question, (0.0, 0.0))
            unmarked = score is None or waits
            marks[question] = (None if unmarked else score + points, top + self._points[cell])
        return SubmissionMarks(
            score=sum(points for _, points, _ in rows),
            max_score=sum(self._points.values()),
            needs_person=any(waits for _, _, waits in rows),
            questions={key: marks[key] for key in sorted(marks, key=self._order.index)},
        )

    def _read_cells(self, assignment: str) -> None:
        """Learn the cells once: nbgrader lets nobody change them while there are marks."""
        name = notebook_name(assignment)
        query = select(Notebook).join(Assignment, Assignment.id == Notebook.assignment_id)
        query = query.where(Assignment.name == assignment, Notebook.name == name)
        notebook = self._gradebook.db.scalar(query)
        if notebook is None:
            raise CourseError(f"the gradebook does not know {assignment}: hand it out first")
        self._assignment_id, self._notebook_id = notebook.assignment_id, notebook.id
        query = select(BaseCell).where(BaseCell.notebook_id == notebook.id)
        cells = list(self._gradebook.db.scalars(query))
        graded = [cell for cell in cells if isinstance(cell, GradeCell | TaskCell)]
        spoken = [cell for cell in cells if isinstance(cell, SolutionCell | TaskCell)]
        self._graded = {cell.id: cell.name for cell in graded}
        self._points = {cell.id: cell.max_score for cell in graded}
        self._commented = {cell.id: cell.name for cell in spoken}

    def _add(self, student: str) -> SubmittedNotebook:
        db = self._gradebook.db
        if db.get(Student, student) is None:
            db.add(Student(id=student))
        submission = db.scalar(select(SubmittedAssignment).where(*self._of(student)))
        if submission is None:
            submission = SubmittedAssignment(student_id=student, assignment_id=self._assignment_id)
        notebook = SubmittedNotebook(assignment=submission, notebook_id=self._notebook_id)
        db.add(notebook)
        db.flush()
        return notebook

    def _rows(
        self, kind: type[Any], notebook: SubmittedNotebook, cells: dict[str, str]
    ) -> list[Any]:
        """A row for each of ``cells``, new where there is none yet."""
        db = self._gradebook.db
        query = select(kind).where(kind.cell_id.in_(cells), kind.notebook_id == notebook.id)
        query = query.with_for_update()
        found = {row.cell_id: row for row in db.scalars(query)}
        new = [kind(cell_id=c, notebook_id=notebook.id) for c in cells if c not in found]
        db.add_all(new)
        return [*found.values(), *new]

    def _of(self, student: str) -> tuple[Any, Any]:
        return (
            SubmittedAssignment.student_id == student,
            SubmittedAssignment.assignment_id == self._assignment_id,
        )
