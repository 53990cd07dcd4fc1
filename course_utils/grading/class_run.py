"""Grading a whole class: every submission ends in a state of its own, and no batch aborts."""

import logging
import os
import secrets
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
from filelock import FileLock, Timeout
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning, SQLAlchemyError
from traitlets.config import Config, PyFileConfigLoader

from course_utils.atomic import write_atomically
from course_utils.checks import SEED_VARIABLE
from course_utils.course_tree import CLASS_VARIABLE, CourseError, CourseTree, notebook_name
from course_utils.grading.execution import active_executor
from course_utils.grading.marks import AssignmentMarks, question_of, read_diagnoses
from course_utils.grading.outcome import (
    FAILED,
    GRADED,
    Outcome,
    load_outcome,
    save_outcome,
)
from course_utils.grading.refusal import why_refused
from course_utils.grading.submission import find_fault, find_submissions, fingerprint
from course_utils.release import notebook_bytes, source_notebook, student_notebook

_SILENT_LOG = logging.getLogger("course_utils.grading")
_SILENT_LOG.setLevel(logging.ERROR)
_SILENT_LOG.propagate = False
_SILENT_LOG.addHandler(logging.NullHandler())

Progress = Callable[[Outcome, bool], None]


@dataclass
class ClassRun:
    """Grades the submissions of one assignment.

    Parameters
    ----------
    tree
        The course.
    assignment
        Name, e.g. ``03_perceptron``.

    Raises
    ------
    CourseError
        Where there is no such assignment or nobody handed in.
    """

    tree: CourseTree
    assignment: str

    def __post_init__(self) -> None:
        self.folder = self.tree.class_folder
        self.source = source_notebook(self.tree, self.assignment)
        self.file_name = f"{notebook_name(self.assignment)}.ipynb"
        self.submissions = find_submissions(self.folder, self.assignment)
        if not self.submissions:
            wanted = self.folder / "submitted" / "<student>" / self.assignment / self.file_name
            raise CourseError(f"nobody handed in {self.assignment}: no folder like {wanted}")
        self.config = load_config(self.tree)
        self.executor = active_executor(self.config)
        self.api = NbGraderAPI(config=self.config, coursedir=CourseDirectory(config=self.config))
        self.api.log = _SILENT_LOG  # what went wrong is read from the results
        order = [question_of(cell.id) for cell in self.source.cells]
        self._gradebook = AssignmentMarks(self.api, self.assignment, order)

    def grade(
        self, progress: Progress, *, force: bool = False, seed: int | None = None
    ) -> list[Outcome]:
        """Grade everyone who is not graded yet, and try those again who failed.

        Parameters
        ----------
        progress
            Called after each submission with its outcome and whether it was kept from before.
        force
            Grade again what has been graded, with a new seed.
        seed
            Of the hidden tests; by default the one of the earlier run, else a new one.

        Raises
        ------
        CourseError
            Where another run holds the gradebook, or it cannot be written.
        """
        with self._sole_writer():
            seed = self._choose_seed(seed, force)
            self._hand_out()
            released = student_notebook(self.source)
            outcomes = []
            for folder in self.submissions:
                student = folder.parent.name
                record = self._runs / f"{student}.json"
                mark = fingerprint(folder / self.file_name, notebook_bytes(self.source))
                kept = None if force else load_outcome(record)
                if kept is not None and (
                    # what failed is tried again: memory or disk may be there this time
                    kept.state == FAILED or (kept.fingerprint, kept.seed) != (mark, seed)
                ):
                    kept = None
                outcome = kept or self._grade_one(student, folder, released, seed)
                if kept is None:
                    outcome.fingerprint, outcome.seed = mark, seed
                    save_outcome(record, outcome)
                else:
                    self._gradebook.read_marks(outcome)  # a person may have marked in the meantime
                outcomes.append(outcome)
                progress(outcome, kept is not None)
            return outcomes

    def write_feedback(self, progress: Callable[[str, str], None]) -> int:
        """Write feedback pages for everyone graded; count them.

        ``progress`` is called with the student and, where it failed, the reason.

        Raises
        ------
        CourseError
            Where nobody has been graded yet.
        """
        graded = sorted(self.folder.glob(f"autograded/*/{self.assignment}"))
        if not graded:
            raise CourseError(f"nobody is graded yet; run: course grade {self.assignment}")
        done = 0
        with self._sole_writer():
            for folder in graded:
                student = folder.parent.name
                result = self.api.generate_feedback(self.assignment, student, force=True)
                done += result["success"]
                progress(student, "" if result["success"] else why_refused(result))
        return done

    @property
    def _runs(self) -> Path:
        return self.folder / "runs" / self.assignment

    @contextmanager
    def _sole_writer(self) -> Iterator[None]:
        lock = FileLock(self.folder / ".grading.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise CourseError(
                f"another grading run works on {self.folder}; wait for it to end"
            ) from None
        except OSError as error:
            raise CourseError(f"cannot write in {self.folder}: {error.strerror}") from None
        try:
            with warnings.catch_warnings():
                # nbgrader's own way with its database; nothing is lost by it
                warnings.filterwarnings("ignore", "Object of type <Submitted", SAWarning)
                yield
        except SQLAlchemyError as error:
            reason = str(error).splitlines()[0]
            raise CourseError(f"the gradebook in {self.folder} cannot be used: {reason}") from None
        finally:
            lock.release()

    def _choose_seed(self, seed: int | None, force: bool) -> int:
        path = self._runs / "seed"
        if seed is None and not force and path.is_file() and path.read_text().strip().isdecimal():
            return int(path.read_text())
        chosen = secrets.randbelow(2**32) if seed is None else seed
        write_atomically(path, f"{chosen}\n".encode())
        return chosen

    def _hand_out(self) -> None:
        """Tell the gradebook about the assignment, where its source is new or changed."""
        target = self.folder / "source" / self.assignment / self.file_name
        content = notebook_bytes(self.source)
        if (
            target.is_file()
            and target.read_bytes() == content
            and self._gradebook.knows_assignment()
        ):
            return
        write_atomically(target, content)
        result = self.api.generate_assignment(self.assignment, force=True, create=True)
        if not result["success"]:
            target.unlink()  # or the next run would take it for handed out
            raise CourseError(f"nbgrader refuses {target}: {why_refused(result)}")

    def _grade_one(
        self, student: str, folder: Path, released: nbformat.NotebookNode, seed: int
    ) -> Outcome:
        begin = time.monotonic()
        fault = find_fault(folder / self.file_name, released)
        if fault is not None:
            return Outcome(student, FAILED, fault, max_score=_max_score(released))
        os.environ[SEED_VARIABLE] = str(seed)  # the kernel inherits it
        try:
            result = self.api.autograde(self.assignment, student, force=True, create=True)
        finally:
            del os.environ[SEED_VARIABLE]
        seconds = time.monotonic() - begin
        if not result["success"]:
            why = why_refused(result)
            return Outcome(
                student, FAILED, why, max_score=_max_score(released), seconds=round(seconds, 2)
            )
        outcome = Outcome(student, GRADED, seconds=round(seconds, 2))
        self._gradebook.read_marks(outcome)
        outcome.diagnoses = read_diagnoses(
            self.folder / "autograded" / student / self.assignment / self.file_name
        )
        return outcome


def load_config(tree: CourseTree) -> Config:
    """Settings in ``nbgrader_config.py``, with what nbgrader starts made findable."""
    # nbgrader starts `alembic` by name; it lies beside Python, activated or not
    beside_python = str(Path(sys.executable).parent)
    if beside_python not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = beside_python + os.pathsep + os.environ.get("PATH", os.defpath)
    before = os.environ.get(CLASS_VARIABLE, "")
    os.environ[CLASS_VARIABLE] = str(tree.class_folder)  # the file asks for it
    try:
        return PyFileConfigLoader("nbgrader_config.py", path=str(tree.root)).load_config()
    finally:
        os.environ[CLASS_VARIABLE] = before


def _max_score(released: nbformat.NotebookNode) -> float:
    return float(sum(c.metadata.get("nbgrader", {}).get("points", 0) for c in released.cells))
