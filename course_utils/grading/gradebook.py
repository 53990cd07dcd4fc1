"""The one writer of nbgrader's gradebook and of ``autograded/`` in a grading run.

`nbgrader autograde` opens the gradebook nine times a submission and commits for every cell. Here it
is opened once, and what a submission changes is one transaction. What is written is the same.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import SubmittedNotebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.converters import Autograde
from nbgrader.preprocessors import AssignLatePenalties, CheckCellMetadata, SaveAutoGrades

from course_utils.course_tree import notebook_name
from course_utils.grading.auto_marks import (
    UnusableSubmission,
    auto_comments,
    auto_scores,
    hand_in_time,
)
from course_utils.grading.execution import active_executor
from course_utils.grading.gradebook_rows import GradebookRows, SubmissionMarks
from course_utils.grading.graded_folder import GradedFolder

#: Steps of `nbgrader autograde` that open the gradebook, or check what the source decides here.
_DONE_HERE = (SaveAutoGrades, AssignLatePenalties, CheckCellMetadata)


@dataclass
class GradebookWriter:
    """Records graded notebooks; a context manager that holds the gradebook open.

    Between two records the gradebook is not locked. A process killed at any point leaves each
    submission as it was, recorded, or without its folder in ``autograded/``; the last kind is to be
    recorded again (see `GradedFolder`).

    Parameters
    ----------
    api
        nbgrader, for its settings.
    assignment
        Name, e.g. ``03_perceptron``; it has been handed out.
    order
        Questions as they follow in the notebook.

    Raises
    ------
    CourseError
        On entering, where the gradebook cannot be used or does not know the assignment.
    """

    api: NbGraderAPI
    assignment: str
    order: list[str]

    def __enter__(self) -> "GradebookWriter":
        self._name = notebook_name(self.assignment)
        self._course = self.api.coursedir
        self._autograde = Autograde(self._course, parent=self.api)
        steps = self._autograde.autograde_preprocessors
        steps = steps[steps.index(active_executor(self.api.config)) + 1 :]
        self._polish = [s(parent=self._autograde) for s in steps if not issubclass(s, _DONE_HERE)]
        self._late = [s for s in steps if issubclass(s, AssignLatePenalties)]
        self._rows = GradebookRows(
            self._course.db_url, self._course.course_id, self.assignment, self.order
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._rows.close()

    def record(self, student: str, graded: NotebookNode, submitted: Path) -> SubmissionMarks:
        """Write the marks of an executed notebook, and ``autograded/<student>/<assignment>``.

        A person's marks, comments and extra credit stay, and what they marked is marked for
        another look, as nbgrader does.

        Parameters
        ----------
        student
            Name of the submission's folder; added to the gradebook where it is not there.
        graded
            What `course_utils.grading.graded_notebook.submission_notebook` made, with the outputs
            of its execution. Long outputs are shortened in it.
        submitted
            Folder of the submission: when it was handed in, and its other files.

        Raises
        ------
        UnusableSubmission
            Where this submission cannot be recorded, but others can.
        CourseError
            Where the gradebook or the disk is at fault.

        Notes
        -----
        On any error gradebook and folder are as they were.
        """
        place = self._course.autograded_directory
        with GradedFolder(
            Path(self._course.format_path(place, student, self.assignment))
        ) as folder:
            notes = self._copy_files(folder, submitted)
            time = hand_in_time(folder.draft)
            graded = self._finish(student, graded)
            scores, comments = auto_scores(graded), auto_comments(graded)
            folder.write(f"{self._name}.ipynb", nbformat.v4.writes_json(graded).encode() + b"\n")
            with self._rows.transaction() as commit:
                notebook = self._rows.write(student, time, scores, comments)
                notebook.late_submission_penalty = self._penalty(student, notebook)
                marks = self._rows.marks(notebook)
                folder.replace_target(commit)
        self._autograde.set_permissions(self.assignment, student)
        return replace(marks, notes=notes)

    def read(self, student: str) -> SubmissionMarks | None:
        """Marks as they are now, a person's included; None for a student without any."""
        with self._rows.transaction(write=False):
            notebook = self._rows.find(student)
            return None if notebook is None else self._rows.marks(notebook)

    def _copy_files(self, folder: GradedFolder, submitted: Path) -> list[str]:
        ignored = [*self._course.ignore, "*.ipynb"]
        limit = self._course.max_dir_size * 1000
        origin = self._course.format_path(self._course.source_directory, ".", self.assignment)
        students_own = self._autograde.exclude_overwriting.get(self.assignment, [])
        folder.copy(Path(origin), [*ignored, *students_own], limit)
        return folder.copy(submitted, ignored, limit)

    def _finish(self, student: str, graded: NotebookNode) -> NotebookNode:
        """Do what nbgrader is set to do between execution and marks: limit outputs, say."""
        about = {"student": student, "assignment": self.assignment, "notebook": self._name}
        resources = {"unique_key": self._name, "nbgrader": about | {"db_url": self._course.db_url}}
        for step in self._polish:
            graded, resources = step(graded, resources)
        return graded

    def _penalty(self, student: str, notebook: SubmittedNotebook) -> float | None:
        """Points the configured plugin takes off a late submission; None for one in time."""
        late = notebook.assignment.total_seconds_late
        if late <= 0 or not self._late:
            return None
        step = self._late[0](parent=self._autograde)
        step.init_plugin()
        try:
            penalty = step.plugin_inst.late_submission_penalty(student, notebook.score, late)
        except Exception as error:  # code of the instructor's, which may fail for this student only
            reason = f"{type(error).__name__}: {error}".splitlines()[0]
            raise UnusableSubmission(f"the penalty for being late failed: {reason}") from error
        return None if penalty is None else step._check_late_penalty(notebook, penalty)
