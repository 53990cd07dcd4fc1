"""Feedback pages: what nbgrader runs to make one out of a graded notebook.

`nbgrader_config.py` puts `FEEDBACK_PREPROCESSORS` and `FeedbackExporter` to work, so that
``nbgrader generate_feedback``, the formgrader's button and ``course feedback`` write the same page.
"""

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters import strip_ansi
from nbformat import NotebookNode
from nbgrader.preprocessors import GetGrades, NbGraderPreprocessor
from nbgrader.utils import is_grade
from traitlets import default

from course_utils.grading.feedback_reader import build_page, is_hidden

#: What IPython writes before a line of source: "----> 3 " and "      4 "
_FRAME_MARK = re.compile(r"^\s*(-+>)?\s*\d+\s")
_TEMPLATE = Path(__file__).parent / "feedback_template"


class ReadMarks(GetGrades):
    """nbgrader's reading of marks and comments, and of who gave them."""

    def _get_score(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        super()._get_score(cell, resources)
        grade_id = cell.metadata.nbgrader.grade_id
        grade = self.gradebook.find_grade(
            grade_id, self.notebook_id, self.assignment_id, self.student_id
        )
        cell.metadata.nbgrader["waits"] = bool(grade.needs_manual_grade)
        cell.metadata.nbgrader["by_hand"] = grade.manual_score is not None


class HideTests(NbGraderPreprocessor):
    """Leave of a hidden test its failure's first line and the student's own traceback.

    Further lines of the message tell what was expected of which input, and what was printed
    meanwhile can tell the inputs too.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Empty a hidden test but for its failure."""
        if is_grade(cell) and cell.cell_type == "code" and is_hidden(cell):
            errors = [o for o in cell.outputs if o.output_type == "error"][:1]
            for error in errors:
                if _quotes(error.traceback, cell.source) or error.ename == "CheckFailed":
                    error.traceback = []
                error.evalue, *more = error.evalue.split("\n")
                if more and error.traceback[-len(more) :] == more:
                    error.traceback = error.traceback[: -len(more)]
            cell.outputs = errors
            cell.source = "# Hidden tests"
        return cell, resources


def _quotes(traceback: list[str], source: str) -> bool:
    """Whether a traceback has lines of a test; the judge's never do, a kernel's always do."""
    written = {line.strip() for line in source.split("\n")}
    quoted = (_FRAME_MARK.sub("", line) for line in strip_ansi("\n".join(traceback)).split("\n"))
    return any(len(line) > 3 and line in written for line in map(str.strip, quoted))


class FeedbackExporter(TemplateExporter):
    """Writes the page with the template beside this module.

    It is no `HTMLExporter`, because nbgrader and its formgrader set that one's template themselves.
    """

    export_from_notebook = None
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return _TEMPLATE.name

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(_TEMPLATE.parent)]

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[str, dict[str, Any]]:
        """Write the page; half a surrogate pair, which is no text, becomes a question mark."""
        page, resources = super().from_notebook_node(nb, resources, **options)
        return page.encode("utf-8", "replace").decode("utf-8"), resources

    def _create_environment(self) -> Environment:
        environment = super()._create_environment()
        environment.autoescape = True
        return environment

    def _init_resources(self, resources: dict[str, Any]) -> dict[str, Any]:
        resources = super()._init_resources(resources)
        style = (_TEMPLATE / "feedback.css").read_text(encoding="utf-8")
        digest = hashlib.sha256(style.encode()).digest()
        resources["style"] = Markup(style)
        # The policy allows this style and no other, whatever finds its way into the page.
        resources["style_hash"] = f"sha256-{base64.b64encode(digest).decode()}"
        resources["build_page"] = build_page
        return resources


#: nbgrader's own list with `ReadMarks` in the place of its own and `HideTests` added.
FEEDBACK_PREPROCESSORS = [ReadMarks, HideTests]
