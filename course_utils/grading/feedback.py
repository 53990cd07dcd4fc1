"""Feedback pages: the diagnosis of a failed hidden test, without the test."""

from typing import Any

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests, GetGrades
from nbgrader.utils import is_grade


class HideTests(ClearHiddenTests):
    """Take hidden tests out of a graded notebook, and the tracebacks that quote them."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Leave of a hidden test its visible lines and the message of its failure."""
        hidden = is_grade(cell) and self.begin_test_delimeter in cell.source
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if hidden:
            for output in cell.get("outputs", []):
                if output.output_type == "error":
                    output.traceback = [f"✗ {output.ename}: {output.evalue}"]
        return cell, resources


#: nbgrader's own list with `HideTests` added.
FEEDBACK_PREPROCESSORS = [GetGrades, HideTests, CSSHTMLHeaderPreprocessor]
