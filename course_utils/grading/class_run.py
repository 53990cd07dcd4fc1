"""Grading a whole class: every submission ends in a state of its own, and no batch aborts."""

import os
import secrets
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
from filelock import FileLock, Timeout
from nbformat.warnings import DuplicateCellId, MissingIDFieldWarning
from nbgrader.api import MissingEntry
from sqlalchemy.exc import SAWarning, SQLAlchemyError

from course_utils.atomic import write_atomically
from course_utils.checks import SEED_VARIABLE
from course_utils.course_tree import CourseError, CourseTree, notebook_name
from course_utils.grading.execution import active_executor
from course_utils.grading.marks import AssignmentMarks, question_of, read_diagnoses
from course_utils.grading.nbgrader_api import connect
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
        self.api = connect(self.tree)
        self.executor = active_executor(self.api.config)
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
                mark = fingerprint(folder / self.file_name, notebook_bytes(self.source))
                kept = None if force else self._kept(student, mark, seed)
                outcome = kept or self._grade_one(student, folder, released, seed)
                if kept is None:
                    outcome.fingerprint, outcome.seed = mark, seed
                    save_outcome(self._runs / f"{student}.json", outcome)
                outcomes.append(outcome)
                progress(outcome, kept is not None)
            return outcomes

    def write_feedback(self, progress: Callable[[str, str], None]) -> int:
        """Write the feedback pages that are not up to date; count those that are now.

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
                page = self.folder / "feedback" / student / self.assignment / self.file_name
                record = self._runs / f"{student}.feedback"
                state = self._gradebook.digest(student, folder / self.file_name).encode()
                reason = ""
                if not (state and _holds(record, state) and page.with_suffix(".html").is_file()):
                    result = self.api.generate_feedback(self.assignment, student, force=True)
                    reason = "" if result["success"] else why_refused(result)
                    write_atomically(record, b"" if reason else state)
                done += not reason
                progress(student, reason)
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
                # what other editors leave of cell ids; nbformat mends them
                warnings.filterwarnings("ignore", category=MissingIDFieldWarning)
                warnings.filterwarnings("ignore", category=DuplicateCellId)
                yield
        except SQLAlchemyError as error:
            reason = str(error).splitlines()[0]
            raise CourseError(f"the gradebook in {self.folder} cannot be used: {reason}") from None
        finally:
            lock.release()

    def _kept(self, student: str, mark: str, seed: int) -> Outcome | None:
        """Outcome of an earlier run, where all it rests on is still there and the same."""
        kept = load_outcome(self._runs / f"{student}.json")
        if kept is None or kept.state == FAILED:  # memory or disk may be there this time
            return None
        graded = self.folder / "autograded" / student / self.assignment / self.file_name
        if (kept.fingerprint, kept.seed) != (mark, seed) or not graded.is_file():
            return None
        try:
            self._gradebook.read_marks(kept)  # a person may have marked in the meantime
        except MissingEntry:
            return None
        return kept

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


def _max_score(released: nbformat.NotebookNode) -> float:
    return float(sum(c.metadata.get("nbgrader", {}).get("points", 0) for c in released.cells))


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content
