"""Who executes a submission: the place where a sealed judge will stand.

`nbgrader_config.py` puts `Execute` into ``Autograde.autograde_preprocessors``, so that
``nbgrader autograde``, the formgrader's button and ``course grade`` all use it. At present it is
nbgrader's own: one kernel a submission, with the rights of whoever grades and no sandbox.
"""

from typing import Any

from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbformat import NotebookNode
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    IgnorePattern,
    LimitOutput,
    SaveAutoGrades,
)
from nbgrader.preprocessors import Execute as StockExecute
from traitlets.config import Config

from course_utils.course_tree import CourseError


class Execute(StockExecute):
    """nbgrader's execution, except that a warning costs no mark.

    nbgrader gives zero to a test that wrote anything to stderr. A right answer may warn, so what
    the cells wrote there is kept as ordinary output; only an exception fails a test.
    """

    #: Shown by ``course grade`` before it starts.
    description = "stock nbgrader kernel, NOT sandboxed: grade only submissions you trust"

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run all cells of ``nb`` in a fresh kernel."""
        nb, resources = super().preprocess(nb, resources, **options)
        for cell in nb.cells:
            for output in cell.get("outputs", []):
                if output.output_type == "stream":
                    output.name = "stdout"
        return nb, resources


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
        somewhere else than the command says.
    """
    for preprocessor in config.Autograde.get("autograde_preprocessors", []):
        if isinstance(preprocessor, type) and issubclass(preprocessor, Execute):
            return preprocessor
    raise CourseError(
        "nbgrader_config.py does not set Autograde.autograde_preprocessors to "
        "course_utils.grading.execution.AUTOGRADE_PREPROCESSORS; restore that line"
    )
