"""Who executes a submission: the judge, in the place of nbgrader's kernel.

`nbgrader_config.py` puts `Execute` into ``Autograde.autograde_preprocessors``, so that
``nbgrader autograde``, the formgrader's button and ``course grade`` all use it.
"""

import atexit
from pathlib import Path
from typing import Any, ClassVar

from nbconvert.preprocessors import ClearMetadataPreprocessor, ExecutePreprocessor
from nbformat import NotebookNode
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    IgnorePattern,
    LimitOutput,
    NbGraderPreprocessor,
    SaveAutoGrades,
)
from traitlets import Float, Integer, Unicode
from traitlets.config import Config

from course_utils.course_tree import CourseError, CourseTree
from course_utils.grading.judge_pool import JudgePool
from course_utils.grading.limits import Limits
from course_utils.grading.plan import make_plan, steps_of
from course_utils.grading.seed import choose_seed, keep_seed
from course_utils.grading.station import Station
from course_utils.grading.submission import other_files
from course_utils.release import source_notebook


class Execute(NbGraderPreprocessor):
    """Has the cells run in a sandbox and the tests run by the judge.

    Its settings are the limits of one submission: ``c.Execute.timeout = 60`` and so on.
    """

    timeout = Float(60, help="Seconds a cell may take.").tag(config=True)
    total_seconds = Float(600, help="Seconds all cells may take together.").tag(config=True)
    memory_mb = Integer(2000, help="Memory of a submission's processes.").tag(config=True)
    processes = Integer(64, help="Processes and threads at one time.").tag(config=True)
    scratch_mb = Integer(256, help="Files a submission may write.").tag(config=True)
    course = Unicode("", help="Folder of the course; nbgrader_config.py sets it.").tag(config=True)

    #: Shown by ``course grade`` before it starts.
    description = "the judge; answers run in bubblewrap, without network and other files"
    #: Judges the submissions of a class run.
    pool: ClassVar[type] = JudgePool

    def __call__(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Judge, or refuse where execution was switched off: tests without outputs would pass."""
        if not self.enabled:
            raise CourseError("--no-execute gives marks to tests that never ran; leave it out")
        return super().__call__(nb, resources)

    def limits(self) -> Limits:
        """Limits of one submission, as configured."""
        return Limits(
            cell_seconds=self.timeout,
            total_seconds=self.total_seconds,
            memory_mb=self.memory_mb,
            processes=self.processes,
            scratch_mb=self.scratch_mb,
        )

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Judge a notebook whose locked cells and tests nbgrader has put back.

        Raises
        ------
        CourseError
            Where no sandbox can be made, or the submission could not be judged.
        """
        about = resources["nbgrader"]
        tree = CourseTree(Path(self.course))
        source = source_notebook(tree, about["assignment"])
        runs = tree.class_folder / "runs" / about["assignment"]
        seed = choose_seed(runs)
        handed_in = tree.class_folder / "submitted" / about["student"] / about["assignment"]
        files = other_files(handed_in, f"{about['notebook']}.ipynb")
        station = _station(source, self.limits(), seed)
        keep_seed(runs, seed)
        verdict = station.judge(steps_of(nb, source), files)
        if "failed" in verdict:
            raise CourseError(verdict["failed"])
        return fill_in(nb, verdict["outputs"]), resources


#: nbgrader's own list with `Execute` above in the place of its own.
AUTOGRADE_PREPROCESSORS = [
    Execute,
    IgnorePattern,
    ClearMetadataPreprocessor,
    LimitOutput,
    SaveAutoGrades,
    AssignLatePenalties,
    CheckCellMetadata,
]


def active_executor(config: Config) -> type[Execute]:
    """The executor that a configuration puts to work.

    Raises
    ------
    CourseError
        Where ``nbgrader_config.py`` names none of this module's, so that the marks would come from
        somewhere else than the command says; or one that runs answers in a kernel, with all the
        instructor's rights.
    """
    listed = config.Autograde.get("autograde_preprocessors", [])
    for entry in listed:
        if not isinstance(entry, type):
            raise CourseError(
                f"nbgrader_config.py puts {entry!r}, which is no class, into "
                f"Autograde.autograde_preprocessors; {_ADVICE}"
            )
        if issubclass(entry, ExecutePreprocessor):
            raise CourseError(
                f"nbgrader_config.py puts {entry.__module__}.{entry.__name__}, which knows no "
                f"sandbox, into Autograde.autograde_preprocessors; {_ADVICE}"
            )
    for entry in listed:
        if issubclass(entry, Execute):
            return entry
    raise CourseError(
        f"nbgrader_config.py puts no executor of the course into "
        f"Autograde.autograde_preprocessors; {_ADVICE}"
    )


_ADVICE = "restore the line that sets it to course_utils.grading.execution.AUTOGRADE_PREPROCESSORS"


def fill_in(notebook: NotebookNode, outputs: dict[int, list[dict[str, Any]]]) -> NotebookNode:
    """Put the judge's outputs into a notebook, by index of cell; gives the same notebook."""
    count = 0
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            count += 1
            cell.execution_count = count
            cell.outputs = [NotebookNode(output) for output in outputs.get(index, [])]
            for output in cell.outputs:
                if output.output_type == "execute_result":
                    output.execution_count = count
    return notebook


_open: dict[str, tuple[object, Station]] = {}


def _station(source: NotebookNode, limits: Limits, seed: int) -> Station:
    """The station of this process for an assignment: nbgrader hands in one notebook at a time."""
    plan = make_plan(source)
    wanted = (plan, limits, seed)
    begun, station = _open.get("station", (None, None))
    if station is None or begun != wanted:
        if station is not None:
            station.close()
        else:
            atexit.register(lambda: _open["station"][1].close())
        station = Station(plan, limits, seed)
        _open["station"] = (wanted, station)
    return station
