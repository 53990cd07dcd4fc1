"""Grading a whole class: every submission ends in a state of its own, and no batch aborts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from course_utils.atomic import write_atomically
from course_utils.course_tree import CourseError, CourseTree, notebook_name
from course_utils.grading.auto_marks import UnusableSubmission
from course_utils.grading.execution import active_executor, fill_in
from course_utils.grading.gradebook import GradebookWriter
from course_utils.grading.gradebook_rows import SubmissionMarks
from course_utils.grading.graded_notebook import kept_source, max_score, submission_notebook
from course_utils.grading.judge_pool import Task
from course_utils.grading.marks import AssignmentMarks, diagnoses, question_of
from course_utils.grading.nbgrader_api import connect
from course_utils.grading.outcome import (
    FAILED,
    GRADED,
    NEEDS_PERSON,
    Outcome,
    load_outcome,
    save_outcome,
)
from course_utils.grading.plan import make_plan, steps_of
from course_utils.grading.refusal import why_refused
from course_utils.grading.seed import choose_seed, keep_seed
from course_utils.grading.sole_writer import sole_writer
from course_utils.grading.submission import find_submissions, parse, read_submission
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
        self._order = [question_of(cell.id) for cell in self.source.cells]
        self._gradebook = AssignmentMarks(self.api, self.assignment, self._order)

    def grade(
        self,
        progress: Progress,
        *,
        force: bool = False,
        seed: int | None = None,
        sealed: bool = True,
        **judging: Any,
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
        sealed
            False runs students' code without the sandbox. Such marks do not last: a later run in
            the sandbox grades those students again.
        **judging
            ``workers`` and ``scheduler`` of `JudgePool`.

        Returns
        -------
        list of Outcome
            By student.

        Raises
        ------
        CourseError
            Where no sandbox can be made, another run holds the gradebook, or it cannot be written.
        """
        with sole_writer(self.folder):
            seed = choose_seed(self._runs, seed, anew=force)
            self._hand_out()
            with GradebookWriter(self.api, self.assignment, self._order) as writer:
                outcomes: list[Outcome] = []

                def ended(outcome: Outcome, kept: bool = False) -> None:
                    if not kept:
                        save_outcome(self._runs / f"{outcome.student}.json", outcome)
                    outcomes.append(outcome)
                    progress(outcome, kept)

                tasks = self._tasks(writer, seed, sealed, force, ended)
                first = next(tasks, None)
                if first is not None:  # else there is nothing to judge
                    limits = self.executor(config=self.api.config).limits()
                    with self.executor.pool(
                        make_plan(self.source), limits, seed, sealed=sealed, **judging
                    ) as pool:
                        keep_seed(self._runs, seed)  # now that judging can begin
                        for task, verdict in pool.judge_all(chain([first], tasks)):
                            ended(self._record(writer, task, verdict))
            return sorted(outcomes, key=lambda outcome: outcome.student)

    def _tasks(
        self,
        writer: GradebookWriter,
        seed: int,
        sealed: bool,
        force: bool,
        ended: Callable[..., None],
    ) -> Iterator[Task]:
        """What is to be judged; submissions that need no judging end at once."""
        released = student_notebook(self.source)
        kept_source_cells = kept_source(self.source)
        source = notebook_bytes(self.source)
        for folder in self.submissions:
            submission = read_submission(folder, self.file_name)
            mark = submission.fingerprint(source)
            kept = None if force else self._kept(writer, submission.student, mark, seed)
            if kept is not None and (kept.sandbox or not sealed):
                ended(kept, True)
                continue
            begun = Outcome(submission.student, FAILED, max_score=max_score(released))
            begun.fingerprint, begun.seed, begun.sandbox = mark, seed, sealed
            try:
                parsed = parse(submission, released, self.file_name)
            except UnusableSubmission as fault:
                begun.why = str(fault)
                ended(begun)
                continue
            notebook = submission_notebook(parsed, kept_source_cells)
            steps = steps_of(notebook, self.source)
            yield Task(submission.student, steps, submission.files, (begun, notebook, folder))

    def _record(self, writer: GradebookWriter, task: Task, verdict: dict[str, Any]) -> Outcome:
        outcome, notebook, folder = task.extra
        outcome.seconds = round(verdict.get("seconds", 0.0), 3)
        outcome.cpu_seconds = round(verdict.get("cpu_seconds", 0.0), 3)
        if "failed" in verdict:
            outcome.why = verdict["failed"]
            return outcome
        graded = fill_in(notebook, verdict["outputs"])
        try:
            marks = writer.record(outcome.student, graded, folder)
        except UnusableSubmission as fault:
            outcome.why = str(fault)
            return outcome
        _take_marks(outcome, marks)
        outcome.diagnoses = diagnoses(graded)
        return outcome

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
        with sole_writer(self.folder):
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

    def _kept(self, writer: GradebookWriter, student: str, mark: str, seed: int) -> Outcome | None:
        """Outcome of an earlier run, where all it rests on is still there and the same."""
        kept = load_outcome(self._runs / f"{student}.json")
        if kept is None or kept.state == FAILED:  # memory or disk may be there this time
            return None
        graded = self.folder / "autograded" / student / self.assignment / self.file_name
        if (kept.fingerprint, kept.seed) != (mark, seed) or not graded.is_file():
            return None
        marks = writer.read(student)  # a person may have marked in the meantime
        if marks is None:
            return None
        _take_marks(kept, marks)
        return kept

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


def _take_marks(outcome: Outcome, marks: SubmissionMarks) -> None:
    outcome.state = NEEDS_PERSON if marks.needs_person else GRADED
    outcome.score, outcome.max_score = marks.score, marks.max_score
    outcome.questions = marks.questions


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content
